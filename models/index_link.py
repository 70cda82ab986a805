"""A rise tied to an index: which figure, what is added, between what limits, and when the parties meet again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Index(StrEnum):
    """The index that a rise follows. They differ: never mix them."""

    CPI = "CPI"
    CPIH = "CPIH"
    RPI = "RPI"
    EARNINGS = "earnings"


@dataclass(frozen=True, slots=True)
class IndexLink:
    """A rise by the yearly change of an index, in parts per million.

    month: the first day of the month whose twelve-month figure counts; None leaves it to the parties.
    published_ppm: that figure, once it is out; assumed_ppm: what is priced until then. plus_ppm is added to the
    figure, then the rise is held between floor_ppm and cap_ppm. The parties meet again where the figure
    itself is above reopen_above_ppm or below reopen_below_ppm. Of what the figure is above share_above_ppm only
    share_ppm counts, half a part per million up.
    """

    index: Index
    month: date | None = None
    published_ppm: int | None = None
    assumed_ppm: int | None = None
    plus_ppm: int = 0
    floor_ppm: int | None = None
    cap_ppm: int | None = None
    reopen_above_ppm: int | None = None
    reopen_below_ppm: int | None = None
    share_above_ppm: int | None = None
    share_ppm: int | None = None

    @property
    def figure_ppm(self) -> int | None:
        """The figure that is priced: published, else assumed."""
        return self.assumed_ppm if self.published_ppm is None else self.published_ppm

    @property
    def rise_ppm(self) -> int | None:
        """The rise at that figure, within its limits; None where there is no figure at all."""
        figure = self.figure_ppm
        if figure is None:
            return None
        if self.share_above_ppm is not None and self.share_ppm is not None and figure > self.share_above_ppm:
            from models.units import PPM  # late: it brings numpy, which the start page does without

            more = (figure - self.share_above_ppm) * self.share_ppm
            figure = self.share_above_ppm + (2 * more + PPM) // (2 * PPM)
        rise = figure + self.plus_ppm
        if self.floor_ppm is not None:
            rise = max(rise, self.floor_ppm)
        return rise if self.cap_ppm is None else min(rise, self.cap_ppm)

    @property
    def reopens(self) -> bool:
        """Whether the figure that is priced brings the parties back to the table."""
        figure = self.figure_ppm
        return figure is not None and (
            (self.reopen_above_ppm is not None and figure > self.reopen_above_ppm)
            or (self.reopen_below_ppm is not None and figure < self.reopen_below_ppm)
        )
