"""Changing a pay scale by hand: amounts, points in and out, and a block pasted from a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bargain.money import micros
from bargain.offers.scope import same_point
from bargain.plain_cells import without_mark
from bargain.typed import figure_of, uses_decimal_comma
from models.basis import Basis
from models.issues import UnusableInput
from models.payscale import GradeRange, PayScale, ScalePoint

MOST = 10_000_000  # £; more is nobody’s pay
_POINT_WORDS = ("point", "scp", "step")
_GRADE_WORDS = ("grade", "band")
_YEAR_WORDS = ("annual", "salary", "year", "p.a", "annum")
_HOUR_WORDS = ("hour", "p.h")
_PAY_WORDS = (*_YEAR_WORDS, *_HOUR_WORDS, "amount", "rate", "pay", "£")


def amount_of_text(text: str, *, decimal_comma: bool = False) -> int:
    """Pounds as typed or pasted ("£24,413", "13.06") as £/10⁶. Raises UnusableInput."""
    value = figure_of(text, decimal_comma=decimal_comma)
    if value is None:
        raise UnusableInput(
            f"“{text.strip()}” is not an amount in pounds; type figures such as 24,413 or 13.06."
        )
    if not 0 < value <= MOST:
        raise UnusableInput(f"£{value} is not an amount that anyone is paid; type another.")
    return micros(value)


def with_amount(scale: PayScale, at: int, amount_micros: int) -> PayScale:
    """The scale with another amount on one point."""
    return _with(scale, at, replace(scale.points[at], amount_micros=amount_micros))


def with_name(scale: PayScale, at: int, name: str) -> PayScale:
    """The scale with another name for one point; ranges of grades keep it as their end."""
    new, old = name.strip(), scale.points[at].name
    if not new:
        raise UnusableInput("A point needs a name; type a number or a word.")
    if any(same_point(one.name, new) for place, one in enumerate(scale.points) if place != at):
        raise UnusableInput(f"The scale has a point “{new}” already; give this one another name.")
    ranges = tuple(
        GradeRange(one.grade, new if one.bottom == old else one.bottom, new if one.top == old else one.top)
        for one in scale.grades
    )
    return replace(_with(scale, at, replace(scale.points[at], name=new)), grades=ranges)


def _with(scale: PayScale, at: int, point: ScalePoint) -> PayScale:
    return replace(scale, points=(*scale.points[:at], point, *scale.points[at + 1 :]))


def with_new_point(scale: PayScale, at: int) -> PayScale:
    """The scale with a point put in before the place ``at``: midway between its neighbours, a step above the top."""
    points = scale.points
    name = _free_name(scale, at)
    if not points:
        amount = 25_000 if scale.basis is Basis.YEAR else 13
        return scale.with_points((ScalePoint(name, micros(amount)),))
    if at >= len(points):
        last = points[-1].amount_micros
        step = last - points[-2].amount_micros if len(points) > 1 else last // 50
        amount = last + max(step, 0)
    elif at == 0:
        amount = points[0].amount_micros
    else:
        amount = (points[at - 1].amount_micros + points[at].amount_micros) // 2
    amount = amount // 10_000 * 10_000  # whole pence
    grade = points[min(max(at - 1, 0), len(points) - 1)].grade
    return scale.with_points((*points[:at], ScalePoint(name, amount, grade), *points[at:]))


def _free_name(scale: PayScale, at: int) -> str:
    """The next number above the top; between two points the lower one's name with a letter."""
    taken = {point.name for point in scale.points}
    numbers = [int(name) for name in taken if name.isdecimal()]
    if at >= len(scale.points) or not at:
        wanted = str(max(numbers, default=0) + 1)
        return wanted if at or not scale.points else _lettered("0", taken)
    return _lettered(scale.points[at - 1].name, taken)


def _lettered(stem: str, taken: set[str]) -> str:
    for letter in "abcdefghijklmnopqrstuvwxyz":
        if f"{stem}{letter}" not in taken:
            return f"{stem}{letter}"
    return f"{stem}-{len(taken)}"


def without_points(scale: PayScale, places: set[int]) -> PayScale:
    """The scale without some points. Staff there keep their pay and stand on no point of the scale."""
    return scale.with_points(tuple(one for at, one in enumerate(scale.points) if at not in places))


@dataclass(frozen=True, slots=True)
class Pasted:
    """A block from a spreadsheet: a name (or "") and an amount a row; None is an empty cell: stay as you are.

    grades: of each row, "" for none; empty where the block has no column of grades.
    """

    names: tuple[str, ...]
    amounts: tuple[int | None, ...]
    grades: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.amounts)

    @property
    def is_named(self) -> bool:
        """Whether the block names its points."""
        return any(self.names)

    @property
    def gaps(self) -> int:
        """How many rows are empty."""
        return self.amounts.count(None)


def pasted(text: str, *, basis: Basis | None = None) -> Pasted:
    """Rows of one amount, or of a name and an amount, as a spreadsheet copies them; a heading row is passed over.

    Wider blocks need a heading row, which says where the points, the amounts and the grades stand; ``basis`` says
    which amounts are wanted. A title above the heading and columns with nothing in them are passed over. Raises
    UnusableInput that names the row that can't be read.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n\t ").split("\n")
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines]
    if not any(map(any, rows)):
        raise UnusableInput("There is nothing to paste; copy the amounts in the spreadsheet first.")
    full = [at for at in range(max(map(len, rows))) if any(at < len(row) and row[at] for row in rows)]
    width = len(full)
    numbered = [
        (number, [row[at] if at < len(row) else "" for at in full]) for number, row in enumerate(rows, 1)
    ]
    heading = None
    top = next((at for at, (_, row) in enumerate(numbered) if _is_heading(row)), None)
    if top is not None and not any(_is_paid(row) for _, row in numbered[:top]):
        heading, numbered = numbered[top][1], numbered[top + 1 :]
    name_at, amount_at = _columns(width, heading, basis)
    grade_at = None if name_at is None else _grade_column(heading, name_at, amount_at)
    cells = [_bare(row[amount_at]) for _, row in numbered]
    comma = uses_decimal_comma(cells, in_thousands=basis is Basis.YEAR)
    names, amounts, grades = [], [], []
    for number, row in numbered:
        name = "" if name_at is None else without_mark(row[name_at])
        if name_at is not None and not name and not row[amount_at]:
            continue  # a line between two blocks of points
        names.append(name)
        grades.append("" if grade_at is None else without_mark(row[grade_at]))
        amounts.append(_amount_in(row[amount_at], number, needed=name_at is not None, comma=comma))
    named = [name for name in names if name]
    if named and (len(named) < len(names) or len(set(named)) < len(named)):
        raise UnusableInput("Each point that is pasted needs a name of its own; correct the first column.")
    if not any(amounts):
        raise UnusableInput(
            "There is no amount in what you pasted; copy the amounts in the spreadsheet first."
        )
    return Pasted(tuple(names), tuple(amounts), tuple(grades) if any(grades) else ())


def _amount_in(cell: str, number: int, *, needed: bool, comma: bool) -> int | None:
    """A pasted amount; an empty cell stands for none, unless its point is named."""
    if not cell and not needed:
        return None
    try:
        return amount_of_text(_bare(cell), decimal_comma=comma)
    except UnusableInput as wrong:
        said = "the amount is missing; fill it in and copy again." if not cell else str(wrong)
        raise UnusableInput(f"Row {number} of what you pasted: {said}") from None


def _columns(width: int, heading: list[str] | None, basis: Basis | None) -> tuple[int | None, int]:
    """Where a block has its names (None: nowhere) and its amounts."""
    if width == 1:
        return None, 0
    if width == 2 and heading is None:
        return 0, 1
    wanted = {Basis.YEAR: _YEAR_WORDS, Basis.HOUR: _HOUR_WORDS}.get(basis) if basis is not None else None
    cells = [cell.casefold() for cell in heading or ()]
    name_at = next((at for at, cell in enumerate(cells) if _has(cell, _POINT_WORDS)), None)
    pays = [
        at
        for at, cell in enumerate(cells)
        if at != name_at and _has(cell, _PAY_WORDS) and not _is_grade(cell)
    ]
    exact = [at for at in pays if wanted and _has(cells[at], wanted)]
    found = exact if len(pays) > 1 else pays
    if width == 2 and len(found) != 1:
        return 0, 1
    if name_at is None or len(found) != 1:
        raise UnusableInput(
            "Only one or two columns can be pasted: the amounts, or the points and the amounts. Copy those alone, "
            "or copy the headings too, with one column called “point” and one “annual” or “hourly”."
        )
    return name_at, found[0]


def _grade_column(heading: list[str] | None, *others: int) -> int | None:
    """Where the grades of the points stand, by the heading; None where no column is of grades."""
    cells = enumerate(heading or ())
    return next((at for at, cell in cells if at not in others and _is_grade(cell.casefold())), None)


def _is_grade(cell: str) -> bool:
    """Whether a heading is of grades: “Grade”, “Pay band”; not “Annual rate of the grade”."""
    return _has(cell, _GRADE_WORDS) and not _has(cell, (*_YEAR_WORDS, *_HOUR_WORDS, "£"))


def _is_paid(row: list[str]) -> bool:
    """Whether a row has two cells or more that say something, or is an amount itself."""
    said = [cell for cell in row if cell]
    return len(said) > 1 or (len(said) == 1 and figure_of(_bare(said[0])) is not None)


def _bare(cell: str) -> str:
    """A cell without the marks of a footnote."""
    return cell.rstrip("*†‡ ")


def _has(cell: str, words: tuple[str, ...]) -> bool:
    return any(word in cell for word in words)


def _is_heading(row: list[str]) -> bool:
    """A row without any figure, in which every cell that says something says what a column holds."""
    said = [cell.casefold() for cell in row if cell]
    if not said or any(letter.isdigit() for cell in said for letter in cell):
        return False
    return all(_has(cell, (*_POINT_WORDS, *_PAY_WORDS)) for cell in said) or (
        len(said) > 2 and sum(_has(cell, (*_POINT_WORDS, *_PAY_WORDS)) for cell in said) >= 2
    )


def with_pasted(scale: PayScale, block: Pasted, *, at: int = 0, grow: bool = False) -> PayScale:
    """The scale with a block over its amounts from a place on; ``grow`` adds points for what is left over.

    A block that names its points takes the place of the whole scale; points that stay keep their grade, unless the
    block gives the grades. A grade that it gives has the range that it has there.
    """
    if block.is_named:
        held = {one.name: one.grade for one in scale.points}
        grades = block.grades or tuple(held.get(name, "") for name in block.names)
        rows = zip(block.names, block.amounts, grades, strict=True)
        points = tuple(ScalePoint(name, amount, grade) for name, amount, grade in rows if amount is not None)
        return _with_given_grades(scale.with_points(points), block)
    for place, amount in enumerate(block.amounts, at):
        if amount is None:
            continue
        if place < len(scale.points):
            scale = with_amount(scale, place, amount)
        elif grow:
            scale = with_new_point(scale, len(scale.points))
            scale = with_amount(scale, len(scale.points) - 1, amount)
    return scale


def _with_given_grades(scale: PayScale, block: Pasted) -> PayScale:
    """The ranges of grades that a block gives, where the scale keeps ranges beside its points."""
    if not scale.grades:
        return scale
    for grade in dict.fromkeys(one for one in block.grades if one):
        inside = [name for name, one in zip(block.names, block.grades, strict=True) if one == grade]
        scale = with_range(scale, grade, inside[0], inside[-1])
    return scale


def with_range(scale: PayScale, grade: str, bottom: str, top: str) -> PayScale:
    """The scale with a grade between two points; no points takes its range away."""
    kept = tuple(one for one in scale.grades if one.grade != grade)
    if not bottom and not top:
        return replace(scale, grades=kept)
    names = [point.name for point in scale.points]
    if bottom not in names or top not in names:
        raise UnusableInput("Choose two points of the scale for the grade.")
    if names.index(bottom) > names.index(top):
        raise UnusableInput(f"“{bottom}” stands above “{top}” on the scale; exchange the two.")
    place = next((at for at, one in enumerate(scale.grades) if one.grade == grade), len(kept))
    return replace(scale, grades=(*kept[:place], GradeRange(grade, bottom, top), *kept[place:]))
