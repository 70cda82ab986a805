"""Personal data is known by heading, in English and Welsh, and by its look; none of it comes into a reading or a sector."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from bargain.intake.coded import Coded
from bargain.intake.join import add_readings
from bargain.intake.mapping import meaning_of
from bargain.intake.payroll import facts_of, read_payroll, read_payrolls
from bargain.intake.personal import kind_by_value, patterns
from bargain.intake.reading import MappingFile
from bargain.intake.reading_json import reading_as_json
from bargain.packs import new_sector
from models.issues import UnusableInput
from models.sector import Sector
from tests.bargain.intake.shared_files import FACTS, write_book

# Written down here by hand, not read from the program's own table.
ENGLISH = """
name, full name, employee name, forename, first name, middle name, surname, last name, maiden name, initials, known as, line manager,
address, home address, address line 1, house number, street, town, postcode, home postcode, telephone, home phone, mobile number, email,
personal email, work email, next of kin, emergency contact, NI number, NI no., National Insurance number, NINO, PPS number, social security number,
bank account number, sort code, account name, IBAN, BIC, building society, roll number, BACS reference, payment method, date of birth, DOB, D.O.B.,
union subs, union dues, union member, trade union, UNISON, GMB subs, Unite the union, RCN, check-off, political levy, facility time, sickness days,
sick leave, reason for absence, Bradford factor, SSP, occupational health, disability, disability status, reasonable adjustments, maternity leave,
maternity pay, SMP, pregnancy, fit note, vaccination status, return to work, health condition, ethnicity, ethnic origin, ethnic group, race, BAME,
religion, religious belief, faith, sexual orientation, gender identity, gender reassignment, transgender, nationality, country of birth,
marital status, immigration status, visa type, right to work, work permit, passport number, DBS number, DBS check, criminal record, disciplinary,
grievance, tax code, tax ref, NI letter, NI category, student loan, student loan plan, attachment of earnings, court order, child maintenance,
net pay, P11D, paye tax, employee NI
"""
WELSH = """
enw, enw llawn, cyfenw, enw cyntaf, cyfeiriad, cyfeiriad cartref, cod post, rhif ffôn, ffôn symudol, e-bost, perthynas agosaf, rhif YG,
rhif yswiriant gwladol, cyfrif banc, rhif cyfrif, cod didoli, manylion banc, dyddiad geni, undeb, aelodaeth undeb, tanysgrifiad undeb, undeb llafur,
salwch, dyddiau salwch, absenoldeb salwch, anabledd, iechyd, mamolaeth, ethnigrwydd, grŵp ethnig, crefydd, cyfeiriadedd rhywiol, cenedligrwydd,
statws priodasol, cod treth, treth incwm, benthyciad myfyriwr, euogfarnau
"""
HEADINGS = [one.strip() for text in (ENGLISH, WELSH) for one in text.replace("\n", " ").split(",")]

VALUES: dict[str, tuple[str, list[str]]] = {
    "ni_number": ("national_insurance", ["QQ 12 34 56 A", "QQ123456B", "qq-12-34-56-c"]),
    "ni_number_without_suffix": ("national_insurance", ["QQ 12 34 56", "QQ123457", "QQ 99 99 99"]),
    "temporary_ni_number": ("national_insurance", ["11 A1 11 11", "12B22222", "13 C3 33 33"]),
    "irish_pps_number": ("national_insurance", ["1234567T", "7654321AB", "1112223W"]),
    "us_social_security": ("national_insurance", ["078-05-1120", "XXX-XX-1234", "219-09-9999"]),
    "brazil_cpf": ("national_insurance", ["123.456.789-09", "***.456.789-**", "111.222.333-44"]),
    "email": ("contact", ["a.one@example.invalid", "b@example.org", "c_d@mail.example.com"]),
    "mobile_phone": ("contact", ["07700 900123", "+44 7700 900456", "07700900789"]),
    "landline": ("contact", ["01632 960123", "(01632) 960456", "+44 20 7946 0123"]),
    "irish_phone": ("contact", ["+353 1 234 5678", "+353 21 234 5678", "00353 1 234 5679"]),
    "us_phone": ("contact", ["(202) 555-0123", "202-555-0199", "+1 202-555-0100"]),
    "uk_postcode": ("contact", ["CF10 3NQ", "SW1A1AA", "M1 1AE"]),
    "irish_eircode": ("contact", ["D02 X285", "A65 F4E2", "T12 AB34"]),
    "us_zip_plus_four": ("contact", ["20500-0003", "10118-0110", "94103-1234"]),
    "street_address": ("contact", ["12 High Street, Exampleton", "Flat 3, 4 Oak Road", "7 Heol Fawr Stryd"]),
    "sort_code": ("bank", ["20-00-00", "40-47-84", "60-83-71"]),
    "sort_code_and_account": ("bank", ["20-00-00 12345678", "404784/87654321", "60-83-71 11112222"]),
    "iban": ("bank", ["GB33BUKB20201555555555", "GB94 BARC 1020 1530 0934 59", "IE29AIBK93115212345678"]),
    "bic": ("bank", ["BUKBGB22", "AIBKIE2DXXX", "DEUTDEFF"]),
    "account_number": ("bank", ["12345678", "00112233", "87654321"]),
    "payment_card": ("bank", ["4929 1234 5678 9012", "5500-0000-0000-0004", "4111 1111 1111 1111"]),
    "tax_code": ("tax", ["1257L", "BR", "S1257L W1"]),
    "student_loan_plan": ("tax", ["Plan 1", "plan 2", "Postgraduate loan"]),
    "taxpayer_reference": ("tax", ["12345 67890", "12345 67890K", "11111 22222"]),
    "nhs_number": ("health", ["943 476 5919", "401-023-2137", "999 012 3456"]),
    "passport": ("special", ["AB1234567", "987654321", "P1234567"]),
    "driving_licence": ("special", ["MORGA657054SM9IJ", "SMITH901010AB9CD", "JONES802029XY9ZA 12"]),
    "dbs_certificate": ("special", ["001234567890", "001987654321", "002345678901"]),
    "name_with_title": ("name", ["Mrs A Example", "Mr. Ben Sample", "Dr C. D. Test"]),
    "surname_first": ("name", ["Example, Anna", "O'Sample, Ben K.", "Test-Smith, Cai"]),
    "initials_and_surname": ("name", ["A. Example", "B C Sample", "D.E. Tester"]),
    "ethnic_group": ("special", ["White British", "Asian or Asian British - Indian", "Black African"]),
    "religion": ("special", ["Christian", "Muslim", "No religion"]),
    "sexual_orientation": ("special", ["Heterosexual / straight", "Gay or lesbian", "Bisexual"]),
    "marital_status": ("special", ["Married", "Single", "Civil partnership"]),
    "nationality": ("special", ["British", "Polish", "Prydeinig"]),
    "disability": ("health", ["Disabled", "Not disabled", "No disability"]),
    "sickness_reason": ("health", ["Stress and anxiety", "Flu", "Back pain"]),
    "trade_union": ("union", ["UNISON", "GMB", "Unite the Union"]),
}  # fmt: skip


@pytest.mark.parametrize("heading", HEADINGS)
def test_that_a_personal_heading_is_known(heading: str) -> None:
    assert meaning_of(heading).drop


def test_that_the_lists_are_as_long_as_was_promised() -> None:
    assert len(set(HEADINGS)) >= 120
    assert len(VALUES) >= 30
    assert {one.name for one in patterns()} == set(VALUES)


@pytest.mark.parametrize("name", VALUES)
def test_that_personal_values_are_known_under_a_heading_that_says_nothing(name: str) -> None:
    kind, texts = VALUES[name]
    assert kind_by_value(Coded.of([*texts, None, ""])) == kind


@pytest.mark.parametrize("name", VALUES)
def test_that_planted_values_are_in_no_reading_and_no_sector(tmp_path: Path, name: str) -> None:
    texts = [f"{VALUES[name][1][at % 3]}" for at in range(6)]
    head = ("Ref", "Further details", "Job title", "Hourly rate", "Hours")
    rows = [(f"S{at}", text, "RSW", 13 if at else None, 30) for at, text in enumerate(texts)]
    reading = read_payroll(write_book(tmp_path / "a.xlsx", [head, *rows]), facts=FACTS)
    assert reading.sheets[0].personal == (("Further details", VALUES[name][0]),)
    sector = add_readings(Sector("S"), [reading], today=date(2026, 5, 1))
    kept = (
        repr(reading_as_json(reading))
        + repr(asdict(sector.imports[0]))
        + repr(sector.workforce)
        + repr(sector.mappings)
    )
    assert [text for text in texts if text in kept] == []


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Staff number", ["AB123456", "AB123457", "AB123458"]), ("Staff number", ["0100012345", "0100012346", "0100012347"]),
        ("Point", ["12", "13", "14"]), ("Grade", ["D1", "BR", "D2"]), ("Job title", ["RSW", "Team Leader", "Cook"]),
        ("Setting", ["Community", "Surgery", "12 High Street"]), ("Start date", ["01-04-26", "02-04-26", "03-05-26"]),
        ("Employer", ["Example, Sample and Partners", "B C Homes", "Oak Road Care"]),
    ],
)  # fmt: skip
def test_that_what_a_payroll_needs_is_not_taken_for_personal_data(heading: str, values: list[str]) -> None:
    meaning = meaning_of(heading)
    assert meaning.field
    if meaning.field != "start_date":  # dates are never judged by their look
        assert not kind_by_value(Coded.of(values), field=meaning.field)


@pytest.mark.parametrize(
    "name", ["ni_number", "email", "ethnic_group", "trade_union", "sickness_reason", "iban"]
)
def test_that_personal_values_under_a_heading_we_read_are_left_out_all_the_same(
    tmp_path: Path, name: str
) -> None:
    rows = [
        ("Job title", "Setting", "Hourly rate", "Hours"),
        *(("RSW", text, 13, 30) for text in VALUES[name][1]),
    ]
    sheet = read_payroll(write_book(tmp_path / "a.xlsx", rows), facts=FACTS).sheets[0]
    assert sheet.workforce.settings == ()
    assert sheet.personal == (("Setting", VALUES[name][0]),)


@pytest.mark.parametrize(
    "heading", ["Union subs", "Ethnic origin", "NI number", "Sickness days", "Sort code", "Details"]
)
def test_that_no_mapping_can_bring_specially_protected_data_in(tmp_path: Path, heading: str) -> None:
    values = VALUES["ethnic_group"][1]
    rows = [("Job title", heading, "Hourly rate", "Hours"), *(("RSW", text, 13, 30) for text in values)]
    path = write_book(tmp_path / "a.xlsx", rows)
    with pytest.raises(UnusableInput, match="never read"):
        read_payroll(path, facts=FACTS, mapping=MappingFile(columns={"setting": heading}))


def test_that_ni_numbers_serve_once_across_files_and_leave_no_trace(tmp_path: Path) -> None:
    head = ("NI number", "Job title", "Hourly rate", "Hours")
    one = write_book(
        tmp_path / "Ash.xlsx", [head, ("QQ 12 34 56 A", "RSW", 13, 20), ("QQ 12 34 57 A", "RSW", 13, 20)]
    )
    two = write_book(
        tmp_path / "Beech.xlsx", [head, ("qq123457a", "Cook", 12.8, 10), ("11 A1 11 11", "Cook", 12.8, 10)]
    )
    usual = read_payrolls([one, two], facts=FACTS)
    assert not [p for reading in usual for p in reading.sheets[0].problems if p.code == "one_person_two_jobs"]
    readings = read_payrolls([one, two], facts=FACTS, mapping=MappingFile(ni_numbers="once"))
    (found,) = [
        p for reading in readings for p in reading.sheets[0].problems if p.code == "one_person_two_jobs"
    ]
    assert found.row == 2
    assert "row 3 of Ash.xlsx (Ash)" in found.reason
    sector = add_readings(new_sector("s"), readings, today=date(2026, 5, 1))
    kept = (
        repr([reading_as_json(one) for one in readings])
        + repr(sector.mappings)
        + repr(sector.workforce)
        + repr(sector.imports)
    )
    assert "QQ" not in kept.upper().replace("EQQ", "")
    again = read_payrolls([one, two], facts=facts_of(sector), mapping=MappingFile(ni_numbers="once"))
    assert (
        len([p for reading in again for p in reading.sheets[0].problems if p.code == "one_person_two_jobs"])
        == 1
    )
