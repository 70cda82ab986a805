"""What the lines of a statement leave open: names that may be one thing or another, lines nobody knows, and signs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bargain.intake.accounts_lines import COSTS, MIXED, bare_name
from bargain.intake.accounts_mapping import LEAVE_OUT, MINUS, PLUS, UNKNOWN_LINES
from bargain.intake.accounts_sums import Line, Sums
from bargain.intake.reading import Question
from bargain.intake.words import plain_words

_EXAMPLES, _NAMED = 5, 6
_WIDEST = 4  # columns shown of an example


def open_in(sums: Sums, *, sheet: str, heads: Sequence[str], said: Collection[str]) -> list[Question]:
    """The questions, each with the lines it is about. heads: of the columns; said: names, in plain words, that were said."""
    leaves = sums.leaves()
    found: dict[str, Question] = {}
    for at, kind in leaves:
        line = sums.lines[at]
        if line.may_be and not kind:
            one = _about_line(line, line.may_be, "may be one thing or another. What is it?", sheet, heads)
            found.setdefault(one.key, one)
    has_labour = any(kind == "labour" for _, kind in leaves)
    for at, kind in leaves:
        line = sums.lines[at]
        if kind == MIXED and has_labour and not line.parts and plain_words(bare_name(line.label)) not in said:
            words = (
                "stands beside staff costs. Is it costs of several kinds with wages among them (mixed), costs without wages "
                "(other), or wages alone (labour)?"
            )
            one = _about_line(line, (MIXED, "other", "labour"), words, sheet, heads)
            found.setdefault(one.key, one)
    unknown = _about_unknown(sums, sheet, heads)
    others = (unknown, _about_signs(sums, sheet, heads), _about_interest(sums, sheet, heads))
    return [*found.values(), *(one for one in others if one is not None)]


def _about_line(
    line: Line, answers: tuple[str, ...], words: str, sheet: str, heads: Sequence[str]
) -> Question:
    key = f"lines.{bare_name(line.label)}"
    text = f"“{line.label}” {words}"
    return Question(key, sheet, text, (*answers, LEAVE_OUT), examples_of([line], heads), line.label)


def _about_unknown(sums: Sums, sheet: str, heads: Sequence[str]) -> Question | None:
    """Lines that bear on a sub-total, or of which nothing tells whether they do, are asked about together."""
    unknown = [at for at in sums.unknown() if not sums.lines[at].may_be]
    under = [at for at in unknown if at not in sums.roots]
    asked = unknown if sums.counts_unknown is not False else under
    if not asked:
        return None
    lines = [sums.lines[at] for at in asked]
    named = ", ".join(f"“{one.label}”" for one in lines[:_NAMED]) + (
        " and more" if len(lines) > _NAMED else ""
    )
    is_one = len(lines) == 1
    why = f"Nothing tells whether {'it belongs' if is_one else 'they belong'} to the sums"
    if sums.counts_unknown:
        why = f"The sub-totals come out only with {'it' if is_one else 'them'}"
    elif under:
        why = f"{'It stands' if is_one else 'They stand'} among lines that add up"
    count = "One line is" if is_one else f"{len(lines)} lines are"
    return Question(
        f"lines.{UNKNOWN_LINES}",
        sheet,
        f"{count} not recognised: {named}. {why}. {'Does it count where it stands' if is_one else 'Do they count where they stand'}, "
        "as other costs or income? (What each is can be said line by line as well.)",
        ("other", LEAVE_OUT),
        examples_of(lines, heads),
    )


def _about_signs(sums: Sums, sheet: str, heads: Sequence[str]) -> Question | None:
    if sums.sign is not None:
        return None
    return Question(
        "money.costs",
        sheet,
        "Some costs have a minus and some have none, and no sub-total tells which is which. Is what is paid written with a "
        "minus, or are the amounts as they stand, so that a minus takes from the costs?",
        (MINUS, PLUS),
        examples_of([one for one in sums.lines if one.kind in COSTS], heads),
    )


def _about_interest(sums: Sums, sheet: str, heads: Sequence[str]) -> Question | None:
    if not sums.interest_is_open:
        return None
    lines = [sums.lines[at] for at, kind in sums.leaves() if kind == "net_interest"]
    return Question(
        "money.interest",
        sheet,
        f"Amounts of “{lines[0].label}”: is interest that is paid written with a minus, or without one?",
        (MINUS, PLUS),
        examples_of(lines, heads),
    )


def examples_of(lines: Sequence[Line], heads: Sequence[str]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Up to five lines as example rows of a question: row, name, and the figures under their heads."""
    return tuple(
        (
            ("row", str(one.row)),
            ("line", one.label[:40]),
            *(
                (head, "–" if value is None else f"{value:,f}")
                for head, value in zip(heads[:_WIDEST], one.values, strict=False)
            ),
        )
        for one in lines[:_EXAMPLES]
    )
