"""The search itself: a coarse grid, then ever shorter steps round the best, then along the edge of what is met.

Few combinations are all looked at. For many, nothing is assumed of the measures but that near offers are
alike; what the order of pay proves is skipped (see ``Looks.is_beaten``). It yields after every look, so that it
can show progress and be stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from bargain.solve.looks import Look, Looks, Point

Rank = Callable[[Look], tuple[float, ...]]
WHOLE = 150  # combinations that are all looked at
_COARSE = {1: 9, 2: 9, 3: 5}  # places a lever on the first grid, by the number of levers
_STARTS = 3


@dataclass(frozen=True, slots=True)
class SearchStep:
    """How far a search is; ``total`` 0 where that is not known."""

    stage: str
    done: int
    total: int = 0


Steps = Generator[SearchStep, None, Look]


class Search:
    """One search over the offers of a question.

    rank: what is better, smallest first; its first part is nought exactly where all ``wanted`` targets are met.
    any_will_do: stop at the first offer that meets them.
    """

    def __init__(
        self,
        looks: Looks,
        *,
        rank: Rank,
        wanted: Sequence[int],
        stage: str,
        whole: int = WHOLE,
        prune: bool = True,
        any_will_do: bool = False,
    ) -> None:
        self._looks = looks
        self._rank = rank
        self._wanted = wanted
        self._stage = stage
        self._prune = prune
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
        if self.is_whole:
            cheapest_first = sorted(product(*map(range, self._counts)), key=lambda point: (sum(point), point))
            yield from self._take(cheapest_first)
            return self._found()
        yield from self._take(self._grid())
        starts = sorted(
            (self._looks.at(point) for point in self._grid() if point in self._looks.seen), key=self._rank
        )
        strides = tuple(max(1, count // (2 * _COARSE[len(self._counts)])) for count in self._counts)
        for start in starts[:_STARTS]:
            yield from self._closer(start, strides)
        if len(self._counts) > 1:
            yield from self._along_the_edge(strides)
        return self._found()

    def _found(self) -> Look:
        if self._best is None:
            raise AssertionError("a search looks at one offer at least")
        return self._best

    def _grid(self) -> Iterator[Point]:
        places = _COARSE[len(self._counts)]
        axes = [
            sorted({round(k * (count - 1) / (places - 1)) for k in range(places)}) for count in self._counts
        ]
        return iter(sorted(product(*axes), key=lambda point: (sum(point), point)))

    def _take(self, points: Iterable[Point]) -> Iterator[SearchStep]:
        """Look at each, keeping the best."""
        for point in points:
            if self._is_done():
                return
            if point not in self._looks.seen:
                if self._is_beaten(point):
                    continue
                self._looks.at(point)
                yield SearchStep(
                    self._stage, len(self._looks.seen), self._combinations if self.is_whole else 0
                )
            self._keep(self._looks.at(point))

    def _is_done(self) -> bool:
        return self._any_will_do and self._best is not None and self._rank(self._best)[0] == 0

    def _is_beaten(self, point: Point) -> bool:
        best = self._best
        if not self._prune or best is None or self._rank(best)[0] > 0:
            return False
        return self._looks.is_beaten(point, best, self._wanted)

    def _keep(self, look: Look) -> None:
        if self._best is None or self._rank(look) < self._rank(self._best):
            self._best = look

    def _closer(self, start: Look, strides: tuple[int, ...]) -> Iterator[SearchStep]:
        """Step round a start as long as that helps, then with half the stride, down to single steps."""
        here = start
        while True:
            around = self._around(here.point, strides)
            yield from self._take(around)
            known = [self._looks.seen[point] for point in around if point in self._looks.seen]
            best = min([here, *known], key=self._rank)
            if self._rank(best) < self._rank(here):
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
            if self._rank(self._found()) >= self._rank(before):
                return

    def _slide(self, lever: int, by: int, other: int) -> Iterator[SearchStep]:
        """From the best offer, move one lever and look for the best place of another by halving."""
        point = list(self._found().point)
        moved = point[lever] + by
        if not 0 <= moved < self._counts[lever]:
            return
        point[lever] = moved

        def at(place: int) -> Point:
            return (*point[:other], place, *point[other + 1 :])

        low, high = 0, self._counts[other] - 1
        yield from self._take([at(point[other])])
        while high - low > 1:
            middle = (low + high) // 2
            yield from self._take([at(middle), at(middle + 1)])
            left, right = (self._value(at(place)) for place in (middle, middle + 1))
            if left <= right:
                high = middle
            else:
                low = middle + 1
        yield from self._take([at(low), at(high)])

    def _value(self, point: Point) -> tuple[float, ...]:
        """The rank of a point; of one that was proved no better, far behind, towards less pay."""
        look = self._looks.seen.get(point)
        return self._rank(look) if look is not None else (float("inf"), float(sum(point)))
