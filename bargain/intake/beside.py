"""Tables side by side in one sheet: found, asked about, and read as sheets of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bargain.intake.headings import Heading
from bargain.intake.mapping import meaning_of
from bargain.intake.reading import MappingFile, Question, SheetLeft
from bargain.intake.tables import Rows, SheetTable, blanks, clean_text, column_letters
from bargain.intake.words import plain_words
from models.issues import UnusableInput

ALL = "all"
_EXAMPLES = 5

Block = tuple[int, int]  # first column and the one after the last, from 0


def blocks_of(table: SheetTable, heading: Heading) -> list[Block]:
    """The tables that stand beside each other under one heading row, each with pay and something to say whose; else none."""
    found = _repeats(heading.texts) or _parted(table, heading)
    return found if len(found) > 1 and all(_is_payroll(heading.texts[a:b]) for a, b in found) else []


def _repeats(texts: Sequence[str]) -> list[Block]:
    """Blocks in which the very same headings stand again, with or without a blank column between."""
    words = [plain_words(text) for text in texts]
    if not words or not words[0]:
        return []
    starts = [at for at, word in enumerate(words) if word == words[0]]
    if len(starts) < 2:
        return []
    blocks = list(zip(starts, [*starts[1:], len(words)], strict=True))
    said = [[word for word in words[a:b] if word] for a, b in blocks]
    if any(one != said[0] for one in said):
        return []
    return [(a, a + max(at for at, word in enumerate(words[a:b], start=1) if word)) for a, b in blocks]


def _parted(table: SheetTable, heading: Heading) -> list[Block]:
    """Blocks with wholly blank columns between them."""
    filled = [
        bool(text) or not blanks(table.rows.columns[at][heading.body_from :]).all()
        for at, text in enumerate(heading.texts)
    ]
    blocks: list[Block] = []
    start: int | None = None
    for at, full in enumerate([*filled, False]):
        if full and start is None:
            start = at
        elif not full and start is not None:
            blocks.append((start, at))
            start = None
    return [(a, b) for a, b in blocks if any(heading.texts[a:b])]


def _is_payroll(texts: Sequence[str]) -> bool:
    meanings = [meaning_of(text) for text in texts]
    return any(one.pay is not None for one in meanings) and any(
        one.field in {"job_title", "grade", "point", "hours", "fte", "heads", "staff_number"}
        or one.drop == "name"
        for one in meanings
    )


def names_of(blocks: Sequence[Block]) -> list[str]:
    """Each block by its columns, as a spreadsheet calls them."""
    return [f"{column_letters(a)}:{column_letters(b - 1)}" for a, b in blocks]


def which_tables(table: SheetTable, heading: Heading, blocks: Sequence[Block]) -> Question:
    """Which of the tables to read."""
    body = table.rows[heading.body_from :]
    used = [at for a, b in blocks for at in range(a, b)]
    names: dict[int, str] = {}
    for (a, b), letters in zip(blocks, names_of(blocks), strict=True):
        names |= {at: f"{heading.texts[at]} ({letters})" for at in range(a, b)}
    shown = [at for at in used if not meaning_of(heading.texts[at]).drop]
    examples = tuple(
        tuple((names[at], clean_text(row[at])) for at in shown) for row in body[: min(_EXAMPLES, len(body))]
    )
    return Question(
        "sheet.tables",
        table.sheet,
        f"{len(blocks)} tables stand side by side in this sheet. Which should be read?",
        (*names_of(blocks), ALL),
        examples,
    )


def chosen_tables(
    table: SheetTable, heading: Heading, blocks: Sequence[Block], mapping: MappingFile
) -> tuple[list[tuple[SheetTable, Heading]], list[SheetLeft]]:
    """The tables that were chosen, each as a sheet of its own, and those that are left."""
    names = names_of(blocks)
    if mapping.tables != ALL and mapping.tables not in names:
        raise UnusableInput(
            f"{table.file}, sheet {table.sheet}: there is no table in the columns {mapping.tables} (sheet.tables); "
            f"the tables are in {', '.join(names)}."
        )
    read, left = [], []
    for name, block in zip(names, blocks, strict=True):
        if mapping.tables in {ALL, name}:
            read.append(_alone(table, heading, block, name))
        else:
            left.append(
                SheetLeft(
                    f"{table.sheet} {name}", len(table.rows), hidden=False, reason="another table beside it"
                )
            )
    return read, left


def _alone(table: SheetTable, heading: Heading, block: Block, name: str) -> tuple[SheetTable, Heading]:
    start, end = block
    columns = [table.rows.columns[at] for at in range(start, end)]
    height = max(
        (int((~blanks(column)).nonzero()[0][-1]) + 1 for column in columns if not blanks(column).all()),
        default=0,
    )
    alone = replace(
        table,
        sheet=f"{table.sheet} {name}",
        rows=Rows([column[:height] for column in columns], height),
        merged=tuple(
            (top, left - start, bottom, right - start)
            for top, left, bottom, right in table.merged
            if start <= left and right < end
        ),
        faulty=tuple((row, at - start, why) for row, at, why in table.faulty if start <= at < end),
        hidden_columns=frozenset(at - start for at in table.hidden_columns if start <= at < end),
    )
    return alone, replace(heading, texts=heading.texts[start:end])
