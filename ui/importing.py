"""Reading payroll files for the import dialog: what a file says, or what it asks. Runs in the worker; knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from bargain.intake.answers import with_setting
from bargain.intake.join import add_readings
from bargain.intake.payroll import facts_of, read_payroll
from bargain.intake.reading import MappingFile, OpenQuestion, PayrollReading, Question
from models.issues import UnusableInput
from models.sector import Sector

_FOR_A_WORD = "pay.periods."
PASSWORD_SIGN = "password-protected"  # noqa: S105  # the word by which a refusal of intake is known


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person said about one file. ``settings`` pairs a mapping key with its answer."""

    employer: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    password: str = ""

    def with_setting(self, key: str, answer: str) -> Answers:
        """One more answer; a newer one takes the place of an older."""
        rest = tuple(pair for pair in self.settings if pair[0] != key)
        return replace(self, settings=(*rest, (key, answer)))

    def answer_to(self, question: Question) -> str:
        """What was answered to this question before; empty where it has not been."""
        return dict(self.settings).get(setting_key(question), "")


@dataclass(frozen=True, slots=True, eq=False)
class FileState:
    """One file: read, or open questions, or why it can't be read. Exactly one of the three."""

    path: Path
    answers: Answers = Answers()
    reading: PayrollReading | None = None
    questions: tuple[Question, ...] = ()
    problem: str = ""

    @property
    def staff(self) -> float:
        """Heads found; nought where the file is not read."""
        return 0.0 if self.reading is None else float(sum(sheet.heads for sheet in self.reading.sheets))

    @property
    def paybill(self) -> Decimal:
        """The annual pay bill found, exactly as the file has it."""
        sheets = () if self.reading is None else self.reading.sheets
        return sum((sheet.paybill for sheet in sheets), Decimal(0))

    @property
    def employers(self) -> tuple[str, ...]:
        """The employers found, each once."""
        sheets = () if self.reading is None else self.reading.sheets
        return tuple(dict.fromkeys(one.name for sheet in sheets for one in sheet.employers))

    @property
    def wants_password(self) -> bool:
        """Whether a workbook password would help."""
        return PASSWORD_SIGN in self.problem

    @property
    def names_employer_itself(self) -> bool:
        """Whether a column of the file says who employs whom."""
        return self.reading is not None and all("employer" in sheet.mapping for sheet in self.reading.sheets)


def read_state(path: Path, sector: Sector, answers: Answers) -> FileState:
    """Read one file with what has been answered so far."""
    try:
        mapping = mapping_of(answers)
        reading = read_payroll(
            path,
            facts=facts_of(sector),
            employer=answers.employer or None,
            mapping=mapping,
            password=answers.password or None,
        )
    except OpenQuestion as asked:
        return FileState(path, answers, questions=asked.questions)
    except UnusableInput as unusable:
        return FileState(path, answers, problem=str(unusable))
    return FileState(path, answers, reading=reading)


def setting_key(question: Question) -> str:
    """The mapping key that answers a question. A word for a period is named in the question, in quotes."""
    if question.key != "pay.periods":
        return question.key
    word = question.question.partition("“")[2].partition("”")[0]
    return f"{question.key}.{word}"


def mapping_of(answers: Answers) -> MappingFile:
    """The answers as a mapping; raises UnusableInput for a key that this version does not ask."""
    mapping = MappingFile()
    for key, answer in answers.settings:
        if key.startswith(_FOR_A_WORD):
            mapping = with_setting(mapping, _FOR_A_WORD[:-1], answer, about=key.removeprefix(_FOR_A_WORD))
        else:
            mapping = with_setting(mapping, key, answer)
    return mapping


def added(sector: Sector, states: Sequence[FileState], today: date) -> Sector:
    """The sector with all files in it; raises UnusableInput, and then nothing is added."""
    readings = [state.reading for state in states if state.reading is not None]
    return add_readings(sector, readings, today=today)
