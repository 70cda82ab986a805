"""The search itself: both ends, a coarse grid, then ever shorter steps round the best, then along the edge of what is met.

Few combinations are all asked about. For many, nothing is assumed of the measures but that near offers are
alike; what earlier looks prove of an offer (see ``Ranking.bound``) saves looking at it. It yields after every
look, so that it can show progress and be stopped.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from bargain.solve.looks import Look, Looks, Point
from bargain.solve.ranking import Ranking

WHOLE = 150  # combinations that are all asked about
_COARSE = {1: 9, 2: 9, 3: 5}  # places a lever on the first grid, by the number of levers
_STARTS = 3
_BEHIND = float("inf")


@dataclass(frozen=True, slots=True)
class SearchStep:
    """How far a search is; ``total`` 0 where that is not known."""

    stage: str
    done: int
    total: int = 0


Steps = Generator[SearchStep, None, Look]


class Search:
    """One search over the offers of a question. any_will_do: stop at the first offer that meets what is wanted."""

    def __init__(
        self,
        looks: Looks,
        ranking: Ranking,
        *,
        stage: str,
        whole: int = WHOLE,
        any_will_do: bool = False,
    ) -> None:
        self._looks = looks
        self._ranking = ranking
        self._stage = stage
        self._any_will_do = any_will_do
        self._counts = tuple(one.count for one in looks.question.vary)
        self._combinations = 1
        for count in self._counts:
            self._combinations *= count
        self.is_whole = self._combinations <= whole
        self._best: Look | None = None

    def run(self) -> Steps:
        """The best offer. Yields after each look."""
        for look in self._looks.seen.values():
            self._keep(look)
        if self._is_done():
            return self._found()
        yield from self._ends()
        if self.is_whole:
            yield from self._take(self._nearest_first(product(*map(range, self._counts))))
            return self._found()
        grid = self._nearest_first(self._grid())
        yield from self._take(grid)
        known = [self._looks.seen[point] for point in grid if point in self._looks.seen]
        strides = tuple(max(1, count // (2 * _COARSE[len(self._counts)])) for count in self._counts)
        for start in sorted({self._found(), *known}, key=self._ranking.rank)[:_STARTS]:
            yield from self._closer(start, strides)
        if len(self._counts) > 1:
            yield from self._along_the_edge(strides)
        return self._found()

    def _found(self) -> Look:
        if self._best is None:
            raise AssertionError("a search looks at one offer at least")
        return self._best

    def _nearest_first(self, points: Iterable[Point]) -> list[Point]:
        """Points in the order of their distance from the best: what lies beyond those that are worse is proved soonest."""
        best = self._found().point

        def far(point: Point) -> tuple[float, Point]:
            apart = zip(point, best, self._counts, strict=True)
            return (sum(abs(here - there) / count for here, there, count in apart), point)

        return sorted(points, key=far)

    def _grid(self) -> Iterator[Point]:
        places = _COARSE[len(self._counts)]
        axes = [
            sorted({round(k * (count - 1) / (places - 1)) for k in range(places)}) for count in self._counts
        ]
        return product(*axes)

    def _take(self, points: Iterable[Point], *, whatever: bool = False) -> Iterator[SearchStep]:
        """Look at each, keeping the best. whatever: also where it is proved to be no better."""
        for point in points:
            if self._is_done():
                return
            if point not in self._looks.seen:
                if not whatever and self._is_beaten(point):
                    continue
                self._looks.at(point)
                yield SearchStep(
                    self._stage, len(self._looks.seen), self._combinations if self.is_whole else 0
                )
            self._keep(self._looks.at(point))

    def _is_done(self) -> bool:
        return self._any_will_do and self._best is not None and self._meets(self._best)

    def _meets(self, look: Look) -> bool:
        return self._ranking.rank(look)[0] == 0

    def _is_beaten(self, point: Point) -> bool:
        """Whether offers already looked at prove that this one is no better than the best of them."""
        if self._best is None:
            return False
        least = self._ranking.bound(point).rank
        return least[0] > 0 if self._any_will_do else least > self._ranking.rank(self._best)

    def _keep(self, look: Look) -> None:
        if self._best is None or self._ranking.rank(look) < self._ranking.rank(self._best):
            self._best = look

    def _ends(self) -> Iterator[SearchStep]:
        """Every lever at its lowest and at its highest; from an end that meets what is wanted, each lever towards the other.

        One good offer early saves many looks, and so does one that shows how little even the end can do.
        """
        ends = [tuple(0 for _ in self._counts), tuple(count - 1 for count in self._counts)]
        yield from self._take(ends)
        for start, end in (ends, ends[::-1]):
            look = self._looks.seen.get(start)
            if look is not None and self._meets(look):
                for lever, place in enumerate(end):
                    yield from self._as_far_as_met(lever, place)
                yield from self._walls(start, end)

    def _walls(self, start: Point, end: Point) -> Iterator[SearchStep]:
        """Each lever one step too far, all others where they help most: if even that fails, all beyond it does."""
        best = self._found().point
        for lever, place in enumerate(best):
            if place != end[lever]:
                step = 1 if end[lever] > start[lever] else -1
                yield from self._take([_with(start, lever, place + step)], whatever=True)

    def _as_far_as_met(self, lever: int, end: int) -> Iterator[SearchStep]:
        """From the best offer, one lever towards its end by halving, as far as all that is wanted stays met."""
        point = self._found().point
        met, missed = point[lever], end
        yield from self._take([_with(point, lever, end)])
        while abs(missed - met) > 1:
            middle = (met + missed) // 2
            there = _with(point, lever, middle)
            yield from self._take([there])
            look = self._looks.seen.get(there)
            if look is not None and self._meets(look):
                met = middle
            else:
                missed = middle

    def _closer(self, start: Look, strides: tuple[int, ...]) -> Iterator[SearchStep]:
        """Step round a start as long as that helps, then with half the stride, down to single steps."""
        here = start
        while True:
            around = self._around(here.point, strides)
            yield from self._take(around)
            known = [self._looks.seen[point] for point in around if point in self._looks.seen]
            best = min([here, *known], key=self._ranking.rank)
            if self._ranking.rank(best) < self._ranking.rank(here):
                here = best
            elif max(strides) == 1:
                return
            else:
                strides = tuple(max(1, (stride + 1) // 2) if stride > 1 else 1 for stride in strides)

    def _around(self, point: Point, strides: tuple[int, ...]) -> list[Point]:
        axes = [
            sorted({min(max(place + sign * stride, 0), count - 1) for sign in (-1, 0, 1)})
            for place, stride, count in zip(point, strides, self._counts, strict=True)
        ]
        return [one for one in product(*axes) if one != point]

    def _along_the_edge(self, strides: tuple[int, ...]) -> Iterator[SearchStep]:
        """Move one lever and let another take up the slack, which steps in every lever at once do not find."""
        while True:
            before = self._found()
            for lever, other in product(range(len(self._counts)), repeat=2):
                if lever == other:
                    continue
                stride = strides[lever]
                while stride:
                    for sign in (-1, 1):
                        yield from self._slide(lever, sign * stride, other)
                    stride //= 2
            if self._ranking.rank(self._found()) >= self._ranking.rank(before):
                return

    def _slide(self, lever: int, by: int, other: int) -> Iterator[SearchStep]:
        """From the best offer, move one lever and look for the best place of another by halving."""
        point = self._found().point
        moved = point[lever] + by
        if not 0 <= moved < self._counts[lever]:
            return
        point = _with(point, lever, moved)
        low, high = 0, self._counts[other] - 1
        end = self._ranking.best_end(other, high)
        if end is not None and self._meets(self._found()):
            yield from self._take([_with(point, other, end)])
            if self._is_behind(_with(point, other, end)):
                return
        yield from self._take([point])
        while high - low > 1:
            middle = (low + high) // 2
            pair = (_with(point, other, middle), _with(point, other, middle + 1))
            yield from self._take(pair)
            left, right = (self._value(one, other) for one in pair)
            if left <= right:
                high = middle
            else:
                low = middle + 1
        yield from self._take([_with(point, other, low), _with(point, other, high)])

    def _is_behind(self, point: Point) -> bool:
        """Whether the aim alone, whatever the targets, is worse than that of the best."""
        look = self._looks.seen.get(point)
        rank = self._ranking.bound(point).rank if look is None else self._ranking.rank(look)
        return rank[1] > self._ranking.rank(self._found())[1]

    def _value(self, point: Point, lever: int) -> tuple[float, ...]:
        """The rank of a point; of one that was proved no better, far behind, the way of what it wants nearer."""
        look = self._looks.seen.get(point)
        if look is not None:
            return self._ranking.rank(look)
        return (_BEHIND, float(-self._ranking.bound(point).wants[lever] * point[lever]))


def _with(point: Point, lever: int, place: int) -> Point:
    return (*point[:lever], place, *point[lever + 1 :])
