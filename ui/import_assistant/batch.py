"""The files of one import: what each is read as, and what becomes of all of them. Knows no Qt; reads in the worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from bargain.intake.findings import Finding, findings_of
from bargain.intake.join import Again, add_readings, without_imports
from bargain.intake.looking import Look, Looker
from bargain.intake.payroll import facts_of
from bargain.intake.reading import PayrollReading, Question, SheetReading
from models.issues import UnusableInput
from models.sector import Sector
from ui.import_assistant.settings import AGAIN, FileSettings, mapping_of

if TYPE_CHECKING:
    from bargain.intake.looking import Recall

PASSWORD_SIGN = "password"  # noqa: S105  # the word by which a refusal of intake is known


class Stage(Enum):
    """How far a file is."""

    WAITING = auto()
    STOPPED = auto()
    READ = auto()
    ASKS = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class FileState:
    """One file: its settings, and the look that they gave. ``problem`` is why it can't be read; blank where it can."""

    path: Path
    size: int = 0
    settings: FileSettings = FileSettings()
    sheet: str = ""  # the sheet on show; which one changes nothing about the reading
    look: Look | None = None
    problem: str = ""
    stopped: bool = False
    findings: tuple[tuple[str, Finding], ...] = ()  # what the checks found, as (sheet, finding)

    @property
    def stage(self) -> Stage:
        """How far it is."""
        if self.problem:
            return Stage.REFUSED
        if self.look is None:
            return Stage.STOPPED if self.stopped else Stage.WAITING
        return Stage.ASKS if self.look.questions else Stage.READ

    @property
    def reading(self) -> PayrollReading | None:
        """What it was read as, as soon as nothing is open."""
        return None if self.look is None else self.look.reading

    @property
    def sheets(self) -> tuple[SheetReading, ...]:
        """The sheets read."""
        return () if self.reading is None else self.reading.sheets

    @property
    def questions(self) -> tuple[Question, ...]:
        """What it leaves open."""
        return () if self.look is None else self.look.questions

    @property
    def recall(self) -> Recall | None:
        """What is remembered of like files."""
        return None if self.look is None else self.look.recall

    @property
    def staff(self) -> float:
        """Heads found; nought where the file is not read."""
        return float(sum(sheet.heads for sheet in self.sheets))

    @property
    def paybill(self) -> Decimal:
        """The annual pay bill found, exactly as the file has it."""
        return sum((sheet.paybill for sheet in self.sheets), Decimal(0))

    @property
    def employers(self) -> tuple[str, ...]:
        """The employers found, each once."""
        return tuple(dict.fromkeys(one.name for sheet in self.sheets for one in sheet.employers))

    @property
    def wants_password(self) -> bool:
        """Whether a workbook password would help."""
        return self.look is None and PASSWORD_SIGN in self.problem

    @property
    def was_imported(self) -> bool:
        """Whether this very file was imported before, and nobody has said yet what to do about it."""
        return self.look is not None and self.look.before is not None and not self.settings.answers_to(AGAIN)

    @property
    def is_ready(self) -> bool:
        """Whether it can be added as it is."""
        return self.stage is Stage.READ and not self.was_imported

    @property
    def is_legacy(self) -> bool:
        """Whether it is in the old workbook format."""
        return self.path.suffix.casefold() == ".xls"

    @property
    def names_employer_itself(self) -> bool:
        """Whether a column of the file says who employs whom."""
        return bool(self.sheets) and all("employer" in sheet.mapping for sheet in self.sheets)


def read_state(
    looker: Looker,
    state: FileState,
    sector: Sector,
    stop: Callable[[], bool],
    on_open: Callable[[int], None] | None = None,
) -> FileState:
    """Read one file with what was chosen so far. Runs in the worker; raises ReadingStopped."""
    settings = state.settings
    facts = facts_of(sector)
    if settings.fresh:
        facts = replace(facts, mappings=())
    recall = state.recall
    try:
        mapping = mapping_of(settings, None if recall is None else recall.mapping)
    except UnusableInput as unusable:
        return replace(state, problem=str(unusable), stopped=False)
    try:
        look = looker.look(
            state.path,
            facts=facts,
            employer=settings.employer or None,
            mapping=mapping,
            password=settings.password or None,
            sheet=state.sheet or None,
            stop=stop,
            on_open=on_open,
        )
    except UnusableInput as unusable:
        return replace(state, look=None, problem=str(unusable), stopped=False, findings=())
    if look.recall is None and not settings.fresh:  # with choices made, the reader recalls nothing by itself
        look = replace(look, recall=recall)
    sheets = () if look.reading is None else look.reading.sheets
    findings = tuple((sheet.sheet, one) for sheet in sheets for one in findings_of(sheet.problems))
    return replace(state, look=look, problem=look.problem, stopped=False, findings=findings)


def added(sector: Sector, states: Sequence[FileState], today: date) -> Sector:
    """The sector with all files in it; raises UnusableInput, and then nothing is added."""
    replaced: set[str] = set()
    new: list[PayrollReading] = []
    beside: list[PayrollReading] = []
    for one in states:
        if one.reading is None:
            continue
        again = one.settings.answers_to(AGAIN)
        if again[:1] == (Again.REPLACE,):
            replaced |= {one.reading.sha256, *again[1:]}
        (beside if again[:1] == (Again.KEEP_BOTH,) else new).append(one.reading)
    changed = without_imports(sector, [one for one in sector.imports if one.sha256 in replaced])
    changed = add_readings(changed, new, today=today)
    return add_readings(changed, beside, today=today, again=Again.KEEP_BOTH)
