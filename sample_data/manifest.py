"""What the sample truly contains, worked out from the invented people: what an importer is tested against."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sample_data.compose import Return
from sample_data.employers import FOR_PROFIT, LOCAL_AUTHORITY, Employer
from sample_data.facts import CARE_STAFF_2026, LIVING_WAGE_21, MANAGER_2026
from sample_data.people import MANAGER, SENIOR, title_grades
from sample_data.scale import GRADES
from sample_data.sheets import Line, RowKind

_AT_THE_FLOOR = LIVING_WAGE_21 + Decimal(
    "0.05"
)  # salaries are whole pounds, so £12.71 may come out a penny higher


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One payroll file. Every row below the heading is staff, total, leaver, set aside or blank."""

    file: str
    layout: str
    format: str
    encoding: str | None
    delimiter: str | None
    employers: tuple[str, ...]
    employer_from: str  # "column", or "file name": the file is called after its employer
    sheet: str | None
    header_row: int
    rows_in_file: int
    staff: int
    totals: int
    leavers: int
    set_aside: int
    blank: int
    heads: int
    paybill_annual: Decimal
    pay_basis: str
    full_week: Decimal
    mapping: dict[str, str]
    dropped_columns: tuple[str, ...]
    unused_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EmployerEntry:
    name: str
    ownership: str
    region: str
    file: str
    heads: int
    paybill_annual: Decimal
    heads_by_grade: dict[str, int]


@dataclass(frozen=True, slots=True)
class Averages:
    """£ an hour over heads, to a hundredth of a penny. Care staff are the two support worker grades."""

    mean_hourly_by_grade: dict[str, Decimal]
    mean_hourly_care_staff: Decimal
    mean_hourly_managers: Decimal
    aimed_at_care_staff: Decimal
    aimed_at_managers: Decimal
    authority_premium_care_staff: Decimal  # over the for-profit employers together
    authority_premium_managers: Decimal
    share_at_the_floor: Decimal  # of all posts, £12.76 an hour or less


@dataclass(frozen=True, slots=True)
class SampleManifest:
    seed: int
    heads: int
    paybill_annual: Decimal
    averages: Averages
    files: tuple[FileEntry, ...]
    employers: tuple[EmployerEntry, ...]
    job_titles: dict[str, str]

    def to_json(self) -> str:
        """Decimals are text, so that not one digit is lost."""
        return (
            json.dumps(
                {"note": "Everything in this sample is invented.", **asdict(self)}, indent=1, default=_as_text
            )
            + "\n"
        )


def _as_text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    raise TypeError(f"{type(value).__name__} has no place in the manifest")


def file_entry(made: Return) -> FileEntry:
    layout = made.layout
    workbook = layout.suffix == "xlsx"
    columns = layout.columns
    by_field = {
        column.field: column.full_heading for column in columns if column.field not in ("personal", "unused")
    }
    return FileEntry(
        file=f"payroll/{made.file_name}",
        layout=layout.name,
        format=layout.suffix,
        encoding=None if workbook else layout.encoding,
        delimiter=None if workbook else layout.delimiter,
        employers=tuple(dict.fromkeys(line.post.employer.name for line in made.staff)),
        employer_from="column" if "employer" in by_field else "file name",
        sheet=layout.sheet if workbook else None,
        header_row=made.header_row,
        rows_in_file=len(made.rows),
        staff=made.count(RowKind.STAFF),
        totals=made.count(RowKind.TOTAL),
        leavers=made.count(RowKind.LEAVER),
        set_aside=made.count(RowKind.SET_ASIDE),
        blank=made.count(RowKind.BLANK),
        heads=_heads(made.staff),
        paybill_annual=_paybill(made.staff),
        pay_basis=layout.basis,
        full_week=made.staff[0].post.employer.full_week,
        mapping=by_field,
        dropped_columns=tuple(column.full_heading for column in columns if column.field == "personal"),
        unused_columns=tuple(column.full_heading for column in columns if column.field == "unused"),
    )


def employer_entry(employer: Employer, made: Return) -> EmployerEntry:
    lines = [line for line in made.staff if line.post.employer is employer]
    return EmployerEntry(
        name=employer.name,
        ownership=employer.ownership,
        region=employer.region,
        file=f"payroll/{made.file_name}",
        heads=_heads(lines),
        paybill_annual=_paybill(lines),
        heads_by_grade={
            name: _heads(x for x in lines if x.post.grade == grade) for grade, name in enumerate(GRADES)
        },
    )


def make_manifest(seed: int, returns: Sequence[Return], employers: Sequence[Employer]) -> SampleManifest:
    staff = [line for made in returns for line in made.staff]
    return_of = {line.post.employer.name: made for made in returns for line in made.staff}
    return SampleManifest(
        seed=seed,
        heads=_heads(staff),
        paybill_annual=_paybill(staff),
        averages=_averages(staff),
        files=tuple(file_entry(made) for made in returns),
        employers=tuple(employer_entry(employer, return_of[employer.name]) for employer in employers),
        job_titles=title_grades(),
    )


def _averages(staff: Sequence[Line]) -> Averages:
    care = [line for line in staff if line.post.grade <= SENIOR]
    managers = [line for line in staff if line.post.grade == MANAGER]
    at_the_floor = _heads(line for line in staff if line.pay.hourly <= _AT_THE_FLOOR)
    return Averages(
        mean_hourly_by_grade={
            name: _mean_hourly(x for x in staff if x.post.grade == grade) for grade, name in enumerate(GRADES)
        },
        mean_hourly_care_staff=_mean_hourly(care),
        mean_hourly_managers=_mean_hourly(managers),
        aimed_at_care_staff=CARE_STAFF_2026,
        aimed_at_managers=MANAGER_2026,
        authority_premium_care_staff=_authority_premium(care),
        authority_premium_managers=_authority_premium(managers),
        share_at_the_floor=(Decimal(at_the_floor) / _heads(staff)).quantize(Decimal("0.0001")),
    )


def _authority_premium(lines: Sequence[Line]) -> Decimal:
    authorities = _mean_hourly(line for line in lines if line.post.employer.ownership == LOCAL_AUTHORITY)
    return authorities - _mean_hourly(line for line in lines if line.post.employer.ownership in FOR_PROFIT)


def _mean_hourly(lines: Iterable[Line]) -> Decimal:
    total, heads = Decimal(0), 0
    for line in lines:
        total += line.pay.hourly * line.heads
        heads += line.heads
    return (total / heads).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def _heads(lines: Iterable[Line]) -> int:
    return sum(line.heads for line in lines)


def _paybill(lines: Iterable[Line]) -> Decimal:
    return sum((line.annual for line in lines), Decimal(0))
