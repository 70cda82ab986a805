"""A sector: everything that one file holds, as one immutable value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from models.accounts import Accounts
from models.assumptions import Assumption
from models.employer import Employer
from models.frozen import Frozen
from models.grossing import Grossing
from models.offer import Offer
from models.party import Party
from models.payscale import PayScale
from models.quality import CheckCount
from models.signed import SentOffer, Signer
from models.stress import Stress
from models.table import Role, TableFacts
from models.target import TargetSet
from models.terms import Terms
from models.what_if import WhatIf
from models.workforce import Workforce, empty_workforce


@dataclass(frozen=True, slots=True)
class TitleGrade:
    """A job title's place on the sector's ladder of grades."""

    title: str
    grade: str


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """What one import brought in: the sentence that reconciles, kept for good.

    The number of the record in ``Sector.imports`` is the ``import_code`` of its posts. ``checks`` says by employer what
    was doubtful, with row numbers and no values. ``keep_until``: the last day on which its staff are kept, where somebody
    set one; else the rule of ``bargain.retention`` says.
    """

    file: str
    sheet: str
    sha256: str
    imported: date
    employers: tuple[str, ...]
    rows_in_file: int
    staff: int
    totals: int
    leavers: int
    set_aside: int
    blank: int
    heads: float
    paybill_micros: int
    mapping: tuple[tuple[str, str], ...] = ()
    dropped_columns: tuple[str, ...] = ()
    unmapped_titles: tuple[str, ...] = ()
    checks: tuple[CheckCount, ...] = ()
    keep_until: date | None = None


@dataclass(frozen=True, slots=True)
class RememberedMapping:
    """How files with these headings were read last, so that the next one needs no answers.

    ``signature`` is of the headings in their order; ``settings`` is a mapping file (TOML), to be shown, edited
    and sent on; ``file`` and ``employers`` say whose file it was.
    """

    signature: str
    file: str
    employers: tuple[str, ...]
    settings: str


@dataclass(frozen=True, slots=True, eq=False)
class Sector:
    """One sector at one moment. Change means a new value.

    ``grades`` is the ladder, lowest first. ``year_start`` is the month and day on which the settlement
    (budget) year begins. ``legal_basis`` is printed on page 1 of every draft. ``agreed_on``: the day on which the agreement
    was signed, from which staff data is kept three months more. ``is_listed``: whether the start page may list the file.
    ``signers`` and ``sent``: whose signed offers were taken in, and what was sent. ``role`` and ``table``: whose file it is,
    and what is known of the talks, as asked when the file was made.
    """

    name: str
    pack: str = ""
    jurisdiction: str = ""
    data_date: date | None = None
    weeks_y: float = 52.143
    weekly_hours: float = 37.0
    year_start: tuple[int, int] = (4, 1)
    legal_basis: str = ""
    coverage: str = ""
    is_sample: bool = False
    grades: tuple[str, ...] = ()
    title_grades: tuple[TitleGrade, ...] = ()
    parties: tuple[Party, ...] = ()
    employers: tuple[Employer, ...] = ()
    workforce: Workforce = field(default_factory=empty_workforce)
    scale: PayScale | None = None
    terms: Terms = Terms()
    assumptions: tuple[Assumption, ...] = ()
    accounts: tuple[Accounts, ...] = ()
    offers: tuple[Offer, ...] = ()
    target_sets: tuple[TargetSet, ...] = ()
    imports: tuple[ImportRecord, ...] = ()
    mappings: tuple[RememberedMapping, ...] = ()
    frozen: tuple[Frozen, ...] = ()
    grossing: Grossing = Grossing()
    accounts_mappings: tuple[RememberedMapping, ...] = ()
    stresses: tuple[Stress, ...] = ()
    agreed_on: date | None = None
    is_listed: bool = True
    signers: tuple[Signer, ...] = ()
    sent: tuple[SentOffer, ...] = ()
    what_if: WhatIf = WhatIf()
    role: Role = Role.NOT_SAID
    table: TableFacts = TableFacts()

    def employer(self, name: str) -> Employer:
        """The record of an employer; one with nothing known but its name where there is none."""
        for one in self.employers:
            if one.name == name:
                return one
        return Employer(name)
