"""Find an offer: values of the levers that meet every target and are best, or what can't hold together."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from bargain.appraisal import appraise
from bargain.offers.offer_file import read_offer, write_offer
from bargain.progress import drive
from bargain.solve.levers import MOST_LEVERS, limits_of
from bargain.solve.looks import Look, Looks, Point, aim_value_of
from bargain.solve.ranking import Ranking
from bargain.solve.search import WHOLE, Search, SearchStep
from bargain.targets import judge
from models.issues import UnusableInput
from models.offer import Offer
from models.sector import Sector
from models.solve import Answer, Binding, Gives, Question
from models.target import Target

Solving = Generator[SearchStep, None, Answer]


def solve(sector: Sector, question: Question, *, whole: int = WHOLE) -> Answer:
    """``solving``, driven to its end."""
    return drive(solving(sector, question, whole=whole))


def solving(sector: Sector, question: Question, *, whole: int = WHOLE) -> Solving:
    """Search for the best offer that meets every target; yields progress, returns the answer.

    The answer's figures are those of ``appraise`` on the answer's offer, written to its file and read back.
    whole: so many combinations are all looked at. Raises UnusableInput for levers or targets that make no sense.
    """
    question = replace(question, offer=replace(question.offer, tabled=False))
    _check(question)
    looks = Looks(sector, question)
    everything = tuple(range(len(question.targets)))
    search = Search(looks, Ranking(looks, everything), stage="looking for an offer", whole=whole)
    best = yield from search.run()
    conflicts: tuple[tuple[Gives, ...], ...] = ()
    binding: tuple[Binding, ...] = ()
    if best.is_feasible:
        binding = yield from _binding(looks, best)
    else:
        conflicts = yield from _conflicts(looks, whole)
    return _answer(
        sector, question, best, looks=looks, binding=binding, conflicts=conflicts, whole=search.is_whole
    )


def envelope(question: Question, pounds: float) -> Question:
    """The question with a full-year cost of at most so much: the best shape for that money."""
    target = Target(f"Envelope of £{pounds:,.0f}", "cost_full_year", at_most=pounds)
    return replace(question, targets=(*question.targets, target))


def _check(question: Question) -> None:
    if not question.vary:
        raise UnusableInput(
            "Nothing may vary; give at least one lever with its limits, such as percent=2.0:4.5."
        )
    if len(question.vary) > MOST_LEVERS:
        raise UnusableInput(
            f"{len(question.vary)} levers are too many to search at once; vary at most {MOST_LEVERS}."
        )
    keys = [one.key for one in question.vary]
    for key in keys:
        if keys.count(key) > 1:
            raise UnusableInput(f"“{key}” is to vary twice; give its limits once.")
    for one in question.vary:
        limits_of(one.key, one.low, one.high, one.step)


def _binding(looks: Looks, best: Look) -> Generator[SearchStep, None, tuple[Binding, ...]]:
    """The targets that the next step of a lever would break, where that step would serve the aim or not change it."""
    found: dict[Binding, None] = {}
    rank = Ranking(looks, ()).rank
    for at, vary in enumerate(looks.question.vary):
        for sign in (-1, 1):
            point = _moved(best.point, at, sign)
            if not 0 <= point[at] < vary.count:
                continue
            yield SearchStep("asking what binds", len(looks.seen))
            beside = looks.at(point)
            if rank(beside)[:2] > rank(best)[:2]:
                continue
            for verdict, missed in zip(beside.verdicts, beside.shortfalls, strict=True):
                if missed:
                    found[Binding(verdict.target.name, vary.key)] = None
    return tuple(found)


def _moved(point: Point, at: int, by: int) -> Point:
    return (*point[:at], point[at] + by, *point[at + 1 :])


def _conflicts(looks: Looks, whole: int) -> Generator[SearchStep, None, tuple[tuple[Gives, ...], ...]]:
    """Sets of targets that can't hold together, smallest first: those out of reach alone, then one of several.

    The last is found by leaving out, one by one, each target without which the rest still can't hold.
    """
    alone: list[int] = []
    rest: list[int] = []
    for at in range(len(looks.question.targets)):
        met = yield from _can_hold(looks, [at], whole)
        (rest if met else alone).append(at)
    sets = [[at] for at in alone]
    can_hold = yield from _can_hold(looks, rest, whole)
    if not can_hold:
        kept = list(rest)
        for at in rest:
            fewer = [one for one in kept if one != at]
            can_hold = yield from _can_hold(looks, fewer, whole)
            if not can_hold:
                kept = fewer
        sets.append(kept)
    found = []
    for members in sets:
        gives = []
        for at in members:
            one = yield from _gives(looks, at, [other for other in members if other != at], whole)
            gives.append(one)
        found.append(tuple(gives))
    return tuple(found)


def _can_hold(looks: Looks, wanted: Sequence[int], whole: int) -> Generator[SearchStep, None, bool]:
    """Whether an offer is found that meets these targets together."""
    if not wanted or any(not _missed(look, wanted) for look in looks.seen.values()):
        return True
    nearest = yield from _search(looks, Ranking(looks, wanted), whole, any_will_do=True)
    return not _missed(nearest, wanted)


def _moves(looks: Looks, at: int) -> bool:
    """Whether anything that was varied moved the measure of a target."""
    return len({look.verdicts[at].value for look in looks.seen.values()}) > 1


def _missed(look: Look, wanted: Sequence[int]) -> float:
    return sum(look.shortfalls[at] for at in wanted)


def _search(
    looks: Looks, ranking: Ranking, whole: int, *, any_will_do: bool = False
) -> Generator[SearchStep, None, Look]:
    return Search(looks, ranking, stage="asking what could give", whole=whole, any_will_do=any_will_do).run()


def _gives(looks: Looks, at: int, others: Sequence[int], whole: int) -> Generator[SearchStep, None, Gives]:
    """How near a target can come while the others of its set are met."""
    target = looks.question.targets[at]
    limit = target.at_least if target.at_least is not None else target.at_most
    best = yield from _search(looks, Ranking(looks, others, nearest_to=at), whole)
    reached = None if _missed(best, others) else best.verdicts[at].value
    return Gives(target, limit, reached, _moves(looks, at))


def _answer(
    sector: Sector,
    question: Question,
    best: Look,
    *,
    looks: Looks,
    binding: tuple[Binding, ...],
    conflicts: tuple[tuple[Gives, ...], ...],
    whole: bool,
) -> Answer:
    """The answer, its figures taken anew of the offer as its file would hold it."""
    offer: Offer = read_offer(write_offer(best.offer), source=best.offer.name)
    appraisal = appraise(sector, offer)
    verdicts = judge(question.targets, sector, appraisal)
    value = aim_value_of(sector, appraisal, Target(name="", measure=question.aim.measure))
    if verdicts != best.verdicts or value != best.aim_value:
        raise AssertionError("the offer that was found does not give the figures it was chosen for")
    combinations = 1
    for one in question.vary:
        combinations *= one.count
    return Answer(
        feasible=best.is_feasible,
        values=tuple((one.key, one.at(place)) for one, place in zip(question.vary, best.point, strict=True)),
        offer=offer,
        verdicts=verdicts,
        aim=question.aim,
        aim_value=value,
        binding=binding,
        at_limits=tuple(
            one.key
            for one, place in zip(question.vary, best.point, strict=True)
            if place in {0, one.count - 1}
        ),
        conflicts=conflicts,
        looked_at=len(looks.seen),
        combinations=combinations,
        whole=whole,
    )
