"""Files that nobody here has seen: read as they truly are, or asked about and then read so; never wrong in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bargain.intake.answers import answered
from bargain.intake.open_safely import SafeReader
from bargain.intake.payroll import read_opened
from bargain.intake.reading import MappingFile, OpenQuestion, SectorFacts, SheetReading
from tests.bargain.intake.red_team import Made, make

FACTS = SectorFacts(weekly_hours=37.5)
MOST_QUESTIONS = 4


def read_with_answers(reader: SafeReader, made: Made) -> tuple[SheetReading, int]:
    """The reading once everything that is asked has been answered truly, and how much was asked."""
    opened, mapping = reader.read(made.path), MappingFile()
    for asked in range(MOST_QUESTIONS + 1):
        try:
            (sheet,) = read_opened(opened, facts=FACTS, mapping=mapping).sheets
        except OpenQuestion as open_question:
            question = open_question.questions[0]
            answer = made.answers[question.key]
            assert answer in question.candidates, f"{made.shape}: {question.question} {question.candidates}"
            mapping = answered(mapping, question, answer)
        else:
            return sheet, asked
    raise AssertionError(f"{made.shape}: more than {MOST_QUESTIONS} questions")


def wrong(made: Made, sheet: SheetReading) -> str:
    """What differs from the truth; blank if nothing."""
    told = sheet.heads, sheet.paybill
    if sheet.rows_in_file != sum(sheet.counts.values()):
        return "the rows do not add up"
    if sheet.heads != made.heads or abs(sheet.paybill - made.paybill) > made.near:
        return f"read {told}, true {made.heads, made.paybill}; {sheet.pay_says}; {dict(sheet.counts)}; {sheet.mapping}"
    if made.employers and {one.name for one in sheet.employers} != made.employers:
        return f"employers {[one.name for one in sheet.employers]}"
    return ""


@pytest.mark.slow
def test_that_made_payrolls_of_every_shape_are_read_truly_or_asked_about(tmp_path: Path) -> None:
    asked, faults, files = 0, [], 400
    with SafeReader() as reader:
        for seed in range(files):
            made = make(seed, tmp_path)
            sheet, questions = read_with_answers(reader, made)
            asked += bool(questions)
            fault = wrong(made, sheet)
            if fault:
                faults.append(f"{made.shape}: {fault}")
    assert faults == []
    assert asked < files / 2  # an unnecessary question is the second worst


def test_that_a_few_made_payrolls_are_read_truly_or_asked_about(tmp_path: Path) -> None:
    with SafeReader() as reader:
        for seed in range(1000, 1030):
            made = make(seed, tmp_path)
            sheet, _questions = read_with_answers(reader, made)
            assert not wrong(made, sheet), made.shape
