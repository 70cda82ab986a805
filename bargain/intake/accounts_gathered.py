"""The accounts of one sheet as they are read: whose they are, groups told from members, amounts held against pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bargain.intake.accounts_groups import GroupFound, find_groups, name_key
from bargain.intake.accounts_mapping import INSTEAD, KEEP, LEAVE_OUT, AccountsMapping
from bargain.intake.accounts_money import unit_question
from bargain.intake.reading import Problem, Question
from models.accounts import Accounts
from models.sector import Sector
from models.units import MICROS_PER_POUND

Key = tuple[str, date | None]
_ALIKE = 78  # of 100: how alike two names must be for one to be offered for the other


@dataclass(slots=True)
class Gathered:
    """Accounts by employer and year end, with where each came from; ``labour`` is that of the staff data, £ a year.

    ``problems``, ``questions`` and ``notes`` are the reader's own lists, to which this adds.
    """

    sheet: str
    sector: Sector
    mapping: AccountsMapping
    labour: Mapping[str, float]
    problems: list[Problem]
    questions: list[Question]
    notes: list[str]
    accounts: dict[Key, Accounts] = field(default_factory=dict)
    places: dict[Key, tuple[int, str]] = field(default_factory=dict)
    unmatched: dict[str, None] = field(default_factory=dict)
    _known: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (*(one.name for one in self.sector.employers), *self.sector.workforce.employers):
            self._known.setdefault(name_key(name), set()).add(name)

    # Whose they are

    def name_of(self, told: str) -> str:
        """The sector's name of an employer: as was said, the same, or the same but for “Ltd”; blank to leave it out."""
        if told in self.mapping.employers:
            return self.mapping.employers[told]
        ours = self.known(told)
        if ours:
            return ours
        if self._known:  # in a sector that knows nobody yet, nobody is missing
            self.unmatched[told] = None
        return told

    def known(self, told: str) -> str:
        """The one employer of the sector that bears this name, but for “Ltd”; blank where none does."""
        held = self._known.get(name_key(told), set())
        if told in held:
            return told
        return next(iter(held)) if len(held) == 1 else ""

    def like(self, told: str, *, limit: int = 3) -> tuple[str, ...]:
        """Employers of the sector with a name like this one, the likest first."""
        from rapidfuzz import fuzz, process

        names = sorted(name for held in self._known.values() for name in held)
        keys = {name: name_key(name) for name in names}
        near = process.extract(
            name_key(told), keys, scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE, limit=limit
        )
        return tuple(name for _, _, name in near)

    def still_unmatched(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Employers with accounts that the sector does not have, each with those it is like."""
        names = {name for name, _ in self.accounts}
        return tuple((name, self.like(name)) for name in self.unmatched if name in names)

    # After all are read

    def settle_groups(self) -> int:
        """Leave out a group whose members are here too: their figures would count twice. How many were left out."""
        parents = {one.employer: one.part_of for one in self.accounts.values() if one.part_of}
        before = len(self.accounts)
        for one in find_groups(tuple(self.accounts.values()), parents):
            name = one.group.employer
            said = self.mapping.groups.get(name, "")
            if not said and (not one.is_sure or self._only_group_is_known(one)):
                self._ask_about_group(one)
            elif (said or LEAVE_OUT) == LEAVE_OUT:
                members = ", ".join(member.employer for member in one.members)
                self._drop(
                    one.group,
                    f"is the group that contains {members}, which are counted instead; {one.difference}",
                )
            elif said == INSTEAD:
                for member in one.members:
                    self._drop(member, f"is contained in {name}, which is counted instead, as was said")
        return before - len(self.accounts)

    def _only_group_is_known(self, one: GroupFound) -> bool:
        """Whether the sector knows the group and none of its members: then its row is the one that is wanted."""
        known = set(self.sector.workforce.employers)
        return one.group.employer in known and not any(member.employer in known for member in one.members)

    def _ask_about_group(self, one: GroupFound) -> None:
        members = ", ".join(member.employer for member in one.members[:8])
        question = Question(
            f"groups.{one.group.employer}",
            self.sheet,
            f"Do the accounts of “{one.group.employer}” contain those of {members}? ({one.difference[:1].upper()}"
            f"{one.difference[1:]}.) If so, leave the group out or count it instead of them; if not, keep all.",
            (LEAVE_OUT, INSTEAD, KEEP),
            about=one.group.employer,
        )
        if question.key not in {asked.key for asked in self.questions}:
            self.questions.append(question)

    def _drop(self, one: Accounts, reason: str) -> None:
        key = (one.employer, one.year_end)
        if key in self.accounts:
            del self.accounts[key]
            row, heading = self.places[key]
            self.problems.append(Problem("group_row", row, heading, one.employer, reason, set_aside=True))

    def hold_against_pay(self, unit: int, *, is_said: bool) -> None:
        """Ask about the unit where labour by the staff data says it is another.

        unit: pounds to one of the file's, in labour or else revenue. is_said: whether the file or a person says so.
        """
        pairs = []
        for one in self.accounts.values():
            amount = one.labour_micros or one.revenue_micros or 0
            pairs.append((self.labour.get(one.employer, 0.0), amount / MICROS_PER_POUND))
        asked = unit_question(pairs, self.mapping, sheet=self.sheet, unit=unit)
        self.questions += [asked] if asked else []
        if not is_said:
            self.notes.append("Amounts are taken as pounds")
