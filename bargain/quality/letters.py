"""Query letters: what is asked of one employer, by row and column of its own file. No letter names anybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bargain.offers.phrases import phrases
from bargain.quality.check import DataQuality, EmployerQuality, Query, State
from bargain.quality.words import question_of, required_fields
from models.quality import LetterLine, QueryLetter
from models.sector import Sector

DAYS_TO_REPLY = 14


def letter_to(
    sector: Sector, employer: EmployerQuality, *, today: date, reply_by: date | None = None
) -> QueryLetter:
    """The letter to one employer: its queries, or that its return is awaited."""
    p = phrases()
    answer_by = reply_by or today + timedelta(days=DAYS_TO_REPLY)
    lines = tuple(_line(sector, one) for one in employer.queries)
    if employer.state is State.NOT_RETURNED:
        paragraphs = [p.say("letter.not_returned", sector=sector.name, date=p.day(answer_by))]
        paragraphs.append(p.say("letter.what_to_send", fields="; ".join(required_fields().values())))
    else:
        paragraphs = [p.say("letter.thanks", sector=sector.name, staff=f"{employer.staff:,.0f}")]
        if lines:
            paragraphs.append(p.say("letter.queries", date=p.day(answer_by)))
        else:
            paragraphs.append(p.say("letter.nothing"))
    return QueryLetter(
        employer=employer.name,
        sector=sector.name,
        dated=today,
        reply_by=answer_by,
        paragraphs=tuple(paragraphs),
        lines=lines,
        closing=(p.say("letter.no_names"),),
    )


def letters_of(
    sector: Sector, quality: DataQuality, *, today: date, reply_by: date | None = None
) -> tuple[QueryLetter, ...]:
    """A letter to every employer of which something is asked."""
    return tuple(
        letter_to(sector, one, today=today, reply_by=reply_by)
        for one in quality.employers
        if one.state is not State.READY or one.queries
    )


def _line(sector: Sector, query: Query) -> LetterLine:
    known = 0 <= query.import_code < len(sector.imports)
    record = sector.imports[query.import_code] if known else None
    rows = () if query.whole else query.rows
    return LetterLine(
        query=words_of(query),
        file=record.file if record else "",
        sheet=record.sheet if record else "",
        column=query.column,
        rows=rows,
        more=0 if query.whole else max(query.count - len(rows), 0) if len(rows) >= 100 else 0,
    )


def words_of(query: Query) -> str:
    """What is asked, as a sentence."""
    p = phrases()
    kind, _, field = query.code.partition(":")
    if kind != "missing":
        return question_of(query.code)
    return p.say("letter.missing_whole" if query.whole else "letter.missing", field=required_fields()[field])


def letter_text(letter: QueryLetter) -> str:
    """The letter as plain text, to paste into a message."""
    p = phrases()
    parts = [
        p.say("letter.to", employer=letter.employer),
        p.day(letter.dated),
        p.say("letter.subject", sector=letter.sector),
        *letter.paragraphs,
    ]
    parts += [
        "\n".join(part for part in (f"{number}. {line.query}", f"   {where(line)}") if part.strip())
        for number, line in enumerate(letter.lines, 1)
    ]
    return "\n\n".join([*parts, *letter.closing]) + "\n"


def where(line: LetterLine) -> str:
    """File, sheet, column and rows in words; nothing where the whole file is meant and has no name."""
    p = phrases()
    parts = [
        p.say("letter.file", file=line.file) if line.file else "",
        p.say("letter.sheet", sheet=line.sheet) if line.sheet else "",
        p.say("letter.column", column=line.column) if line.column else "",
        p.say("letter.rows", rows=row_words(line.rows)) if line.rows else "",
    ]
    said = ", ".join(part for part in parts if part)
    return said + (p.say("letter.more", more=f"{line.more:,}") if line.more else "")


def row_words(rows: Sequence[int]) -> str:
    """``2–5, 9, 14``."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in runs)
