"""Wherever a name enters, what can't be seen in it is gone before anybody reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from bargain.intake.join import add_readings
from bargain.intake.payroll import facts_of, read_payrolls
from bargain.offers.offer_file import read_offer
from bargain.offers.target_file import read_targets
from bargain.packs import new_sector
from bargain.plain_names import hides_something
from bargain.quality.awaited import add_awaited
from bargain.targets import KNOWN_MEASURES
from tests.ui.sectors import small

HOSTILE = "North\u202eshire\u200b Ho\u00admes\u2066"
PLAIN = "Northshire Homes"
ROW = f"{HOSTILE},Support\u200b worker\u202e,12.80,37\n"


def test_that_employers_titles_and_file_names_of_a_payroll_are_plain(tmp_path: Path) -> None:
    path = tmp_path / "pay\u202evsc.csv"
    path.write_text("Employer,Job title,Hourly rate,Weekly hours\n" + ROW * 3, "utf-8")
    sector = new_sector("Homes")
    sector = add_readings(sector, read_payrolls([path], facts=facts_of(sector)), today=date(2027, 1, 1))
    assert sector.workforce.employers == (PLAIN,)
    assert sector.workforce.titles == ("Support worker",)
    assert sector.imports[0].file == "payvsc.csv"
    assert not hides_something(repr((sector.employers, sector.imports)))


def test_that_an_employer_named_by_its_file_is_plain(tmp_path: Path) -> None:
    path = tmp_path / f"{HOSTILE}.csv"
    path.write_text("Job title,Hourly rate,Weekly hours\n" + "Support worker,12.80,37\n" * 3, "utf-8")
    (reading,) = read_payrolls([path], facts=facts_of(new_sector("Homes")))
    assert [one.name for one in reading.sheets[0].employers] == [PLAIN]


def test_that_offers_targets_and_sectors_are_named_plainly() -> None:
    offer = read_offer(
        f'format = 1\nname = "{HOSTILE}"\nby = "{HOSTILE}"\n[[settlement]]\neffective = 2027-04-01\n',
        source="a.toml",
    )
    assert (offer.name, offer.by) == (PLAIN, PLAIN)
    targets = read_targets(
        f'name = "{HOSTILE}"\n[[target]]\nname = "{HOSTILE}"\nmeasure = "cost_full_year"\nat_most = 5\n',
        source="a.toml",
        known_measures=KNOWN_MEASURES,
    )
    assert (targets.name, targets.targets[0].name) == (PLAIN, PLAIN)
    assert new_sector(f" {HOSTILE} ").name == PLAIN


def test_that_an_awaited_employer_is_named_plainly() -> None:
    added = add_awaited(replace(small(), employers=()), [f"{HOSTILE} West"])
    assert [one.name for one in added.employers] == [f"{PLAIN} West"]
