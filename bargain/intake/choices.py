"""What a person chose to do about findings, applied: rows kept, left out with the reason, or read otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bargain.intake.findings import fix_words
from bargain.intake.reading import Choice, Do, Problem


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choices for one file. One about a value comes before one about all rows of a check."""

    choices: tuple[Choice, ...] = ()

    def of(self, check: str, value: str = "") -> Choice | None:
        """What was chosen for rows in which a check shows this value; None where nothing was."""
        found = {one.value: one for one in self.choices if one.check == check}
        return found.get(value) or found.get("")

    def has(self, check: str) -> bool:
        """Whether anything but keeping was chosen for a check, so that its rows must be known one by one."""
        return any(one.check == check and one.do is not Do.KEEP for one in self.choices)

    def keeps(self, check: str, value: str = "") -> bool:
        """Whether rows are kept that would be left out."""
        one = self.of(check, value)
        return one is not None and one.do is Do.KEEP

    def fixes(self, problem: Problem) -> bool:
        """Whether the row of a problem is to be read otherwise."""
        one = self.of(problem.code, problem.value)
        return one is not None and one.do is Do.FIX


def after_choices(
    problems: Iterable[Problem], chosen: Chosen, *, can_be_costed: frozenset[int]
) -> Iterator[Problem]:
    """Each problem as it stands once its choice is done. A row without what costing needs stays aside, whatever is chosen."""
    for problem in problems:
        choice = None if problem.done is not None else chosen.of(problem.code, problem.value)
        if choice is None:
            yield problem
        elif choice.do is Do.LEAVE_OUT:
            reason = f"{problem.reason}; left out: {choice.reason}"
            yield replace(problem, set_aside=True, done=Do.LEAVE_OUT, reason=reason)
        elif choice.do is Do.KEEP:
            held = problem.set_aside and problem.row not in can_be_costed
            yield problem if held else replace(problem, set_aside=False, done=Do.KEEP)
        else:
            yield problem if problem.set_aside else replace(problem, done=Do.FIX)


def as_fixed(problem: Problem) -> Problem:
    """A problem whose row was read otherwise."""
    words = fix_words(problem.code)
    return replace(
        problem, set_aside=False, done=Do.FIX, reason=f"{problem.reason}; {words[0].lower()}{words[1:]}"
    )
