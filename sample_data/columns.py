"""The columns a payroll can have: a heading, what it means, and how this payroll writes the value."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sample_data.scale import GRADES
from sample_data.sheets import Cell, Line

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_AGE_BANDS = ((18, 20), (21, 24), (25, 34), (35, 44), (45, 54), (55, 64))

Writes = Callable[[Line], Cell]
WritesMoney = Callable[[Decimal], Cell]
WritesDate = Callable[[date], Cell]


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    field: str  # what an importer should read it as; "personal": drop; "unused": no meaning for pay
    value: Writes
    over: str = ""  # the upper heading, in two-row headings
    total: Callable[[Decimal], Cell] | None = (
        None  # how a total row shows this column's sum; None: it does not
    )
    summed: Callable[[Line], Decimal] | None = None
    number_format: str = ""

    @property
    def full_heading(self) -> str:
        return f"{self.over} {self.heading}".strip()


# How money, dates and categories are written.


def as_number(amount: Decimal) -> Cell:
    return amount


def as_pounds(amount: Decimal) -> Cell:
    return f"£{amount:,.2f}"


def as_text(amount: Decimal) -> Cell:
    return f"{amount:.2f}"


def as_date(day: date) -> Cell:
    return day


def as_day_month_year(day: date) -> Cell:
    return f"{day:%d/%m/%Y}"


def as_short_words(day: date) -> Cell:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def as_iso(day: date) -> Cell:
    return day.isoformat()


# Columns with a meaning.


def pay(heading: str, write: WritesMoney = as_number, *, over: str = "", summed: bool = False) -> Column:
    """Summed only where the sum means something: salaries, never rates."""
    return Column(
        heading, "pay", lambda line: write(line.pay.amount), over, write if summed else None,
        (lambda line: line.pay.amount) if summed else None, "#,##0.00",
    )  # fmt: skip


def hours(heading: str, *, over: str = "") -> Column:
    return Column(
        heading,
        "hours",
        lambda line: plain(line.post.hours),
        over,
        plain,
        lambda line: line.post.hours,
        "0.00",
    )


def plain(number: Decimal) -> Cell:
    """Without trailing noughts, as spreadsheets and payroll programs print hours."""
    whole = number.to_integral_value()
    return int(whole) if whole == number else number.normalize()


def weeks(heading: str, *, over: str = "") -> Column:
    return Column(heading, "weeks", lambda line: plain(line.pay.weeks), over)


def fte(heading: str) -> Column:
    return Column(heading, "fte", lambda line: plain(line.pay.fte), "", plain, lambda line: line.pay.fte)


def heads(heading: str) -> Column:
    return Column(heading, "heads", lambda line: line.heads, "", plain, lambda line: Decimal(line.heads))


def job_title(heading: str) -> Column:
    return Column(heading, "job_title", lambda line: line.post.title)


def starred_job_title(heading: str, star_from: int) -> Column:
    """Titles of higher grades carry the star that a note under the table explains."""
    return Column(
        heading, "job_title", lambda line: line.post.title + ("*" if line.post.grade >= star_from else "")
    )


def grade(heading: str) -> Column:
    return Column(heading, "grade", lambda line: GRADES[line.post.grade])


def point(heading: str) -> Column:
    return Column(heading, "point", lambda line: line.post.point)


def employer(heading: str) -> Column:
    return Column(heading, "employer", lambda line: line.post.employer.name)


def ownership(heading: str) -> Column:
    return Column(heading, "ownership", lambda line: line.post.employer.ownership)


def region(heading: str) -> Column:
    return Column(heading, "region", lambda line: line.post.employer.region)


def staff_number(heading: str, pattern: str = "{:05d}", *, over: str = "") -> Column:
    return Column(heading, "staff_number", lambda line: pattern.format(line.post.identity.serial), over)


def contract(heading: str, words: dict[str, str] | None = None, *, over: str = "") -> Column:
    known = words or {}
    return Column(
        heading, "contract_type", lambda line: known.get(line.post.contract, line.post.contract), over
    )


def sex(heading: str, women: str = "F", men: str = "M", *, over: str = "") -> Column:
    words = {"F": women, "M": men, None: None}
    return Column(heading, "sex", lambda line: words[line.post.sex], over)


def age(heading: str, *, over: str = "") -> Column:
    return Column(heading, "age", lambda line: line.post.age, over)


def _age_band(years: int | None) -> Cell:
    if years is None:
        return None
    return next((f"{low}-{high}" for low, high in _AGE_BANDS if low <= years <= high), "65+")


def age_band(heading: str) -> Column:
    return Column(heading, "age_band", lambda line: _age_band(line.post.age))


def started(heading: str, write: WritesDate) -> Column:
    return Column(heading, "start_date", lambda line: write(line.post.started), number_format="dd/mm/yyyy")


def left(heading: str, write: WritesDate) -> Column:
    return Column(
        heading, "leaving_date", lambda line: None if line.post.left is None else write(line.post.left),
        number_format="dd/mm/yyyy",
    )  # fmt: skip


def status(heading: str, current: str = "Current", leaver: str = "Leaver") -> Column:
    return Column(heading, "status", lambda line: leaver if line.post.left is not None else current)


def sleep_ins(heading: str, *, over: str = "") -> Column:
    return Column(
        heading,
        "sleep_ins",
        lambda line: line.post.sleep_ins,
        over,
        plain,
        lambda line: Decimal(line.post.sleep_ins),
    )


def pension_percent(heading: str) -> Column:
    """Written with its sign, so that 3% cannot be read as three pounds or as 300 %."""
    return Column(
        heading, "employer_pension_rate", lambda line: f"{plain(line.post.employer.pension_percent)}%"
    )


# Columns to drop, and columns that mean nothing for pay.


def personal(heading: str, value: Writes, *, over: str = "") -> Column:
    return Column(heading, "personal", value, over)


def full_name(heading: str, *, over: str = "") -> Column:
    return personal(heading, lambda line: line.post.identity.full_name, over=over)


def surname_first(heading: str) -> Column:
    return personal(heading, lambda line: f"{line.post.identity.surname}, {line.post.identity.first_name}")


def sample_person(heading: str) -> Column:
    return personal(heading, lambda line: f"Sample Person {line.post.identity.serial:05d}")


def first_name(heading: str) -> Column:
    return personal(heading, lambda line: line.post.identity.first_name)


def surname(heading: str) -> Column:
    return personal(heading, lambda line: line.post.identity.surname)


def ni_number(heading: str, *, spaced: bool = True) -> Column:
    def write(line: Line) -> Cell:
        number = line.post.identity.ni_number
        return number if spaced else number.replace(" ", "")

    return personal(heading, write)


def birth(heading: str, write: WritesDate) -> Column:
    return Column(
        heading, "personal", lambda line: write(line.post.identity.birth), number_format="dd/mm/yyyy"
    )


def address(heading: str) -> Column:
    return personal(heading, lambda line: line.post.identity.address)


def email(heading: str) -> Column:
    return personal(heading, lambda line: line.post.identity.email)


def sort_code(heading: str) -> Column:
    return personal(heading, lambda _line: "00-00-00")


def account_number(heading: str) -> Column:
    return personal(heading, lambda line: line.post.identity.account_number)


def union_deduction(heading: str) -> Column:
    return personal(heading, lambda line: Decimal("9.99") if line.post.identity.serial % 3 == 0 else None)


def health_note(heading: str) -> Column:
    return personal(heading, lambda line: "invented note" if line.post.identity.serial % 11 == 0 else None)


def unused(heading: str, value: Writes) -> Column:
    return Column(heading, "unused", value)


def home(heading: str) -> Column:
    return Column(heading, "setting", lambda line: line.post.home)


def cost_centre(heading: str) -> Column:
    """The home again, under a name that only the finance office reads as one."""
    return unused(heading, lambda line: line.post.home)
