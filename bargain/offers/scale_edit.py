"""Changing a pay scale by hand: amounts, points in and out, and a block pasted from a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from bargain.money import micros
from bargain.offers.scope import same_point
from bargain.plain_cells import without_mark
from models.basis import Basis
from models.issues import UnusableInput
from models.payscale import GradeRange, PayScale, ScalePoint

_MOST = 10_000_000
_HEADINGS = {
    "point",
    "scp",
    "pay point",
    "spinal point",
    "step",
    "annual",
    "salary",
    "hourly",
    "amount",
    "rate",
}


def amount_of_text(text: str) -> int:
    """Pounds as typed or pasted ("£24,413", "13.06") as £/10⁶. Raises UnusableInput."""
    plain = text.replace("£", "").replace(",", "").replace("\u00a0", "").strip()
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise UnusableInput(
            f"“{text.strip()}” is not an amount in pounds; type figures such as 24,413."
        ) from None
    if not value.is_finite() or not 0 < value < _MOST:
        raise UnusableInput(f"£{plain} is not an amount that anyone is paid; type another.")
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
    """A block from a spreadsheet: a name (or "") and an amount a row."""

    names: tuple[str, ...]
    amounts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.amounts)

    @property
    def is_named(self) -> bool:
        """Whether the block names its points."""
        return any(self.names)


def pasted(text: str) -> Pasted:
    """Rows of one amount, or of a name and an amount, as a spreadsheet copies them; a heading row is passed over.

    Raises UnusableInput that names the row that can't be read.
    """
    rows = [
        line.split("\t")
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if line.strip()
    ]
    if rows and all(_is_heading(cell) for cell in rows[0]):
        rows = rows[1:]
    if not rows:
        raise UnusableInput("There is nothing to paste; copy the amounts in the spreadsheet first.")
    widths = {len(row) for row in rows}
    if widths not in ({1}, {2}):
        raise UnusableInput(
            "Only one or two columns can be pasted: the amounts, or the points and the amounts. Copy those alone."
        )
    names, amounts = [], []
    for number, row in enumerate(rows, 1):
        names.append(without_mark(row[0].strip()) if len(row) == 2 else "")
        try:
            amounts.append(amount_of_text(row[-1]))
        except UnusableInput as wrong:
            raise UnusableInput(f"Row {number} of what you pasted: {wrong}") from None
    named = [name for name in names if name]
    if named and (len(named) < len(names) or len(set(named)) < len(named)):
        raise UnusableInput("Each point that is pasted needs a name of its own; correct the first column.")
    return Pasted(tuple(names), tuple(amounts))


def _is_heading(cell: str) -> bool:
    plain = cell.strip().casefold()
    return not any(letter.isdigit() for letter in plain) and (
        plain in _HEADINGS or any(word in plain for word in ("point", "salary", "annual", "hour", "pay"))
    )


def with_pasted(scale: PayScale, block: Pasted, *, at: int = 0, grow: bool = False) -> PayScale:
    """The scale with a block over its amounts from a place on; ``grow`` adds points for what is left over.

    A block that names its points takes the place of the whole scale; points that stay keep their grade.
    """
    if block.is_named:
        grades = {one.name: one.grade for one in scale.points}
        return scale.with_points(
            tuple(
                ScalePoint(name, amount, grades.get(name, ""))
                for name, amount in zip(block.names, block.amounts, strict=True)
            )
        )
    for place, amount in enumerate(block.amounts, at):
        if place >= len(scale.points):
            if not grow:
                break
            scale = with_new_point(scale, len(scale.points))
        scale = with_amount(scale, place, amount)
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
