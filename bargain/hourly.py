"""What everybody earns in an hour, whichever way their pay is held."""

from __future__ import annotations

import numpy as np

from bargain.money import hourly_of_year
from models.basis import Basis
from models.units import MicroColumn
from models.workforce import Workforce


def hourly_pay(workforce: Workforce, weeks_y: float) -> MicroColumn:
    """Hourly basic pay of every post, £/10⁶: the rate, or annual ÷ weeks ÷ full-time hours to the penny."""
    if (workforce.basis == Basis.HOUR).all():
        return workforce.rate_micros
    hourly = hourly_of_year(workforce.rate_micros, weeks_y=weeks_y, weekly_hours=workforce.full_hours_w)
    return np.where(workforce.basis == Basis.HOUR, workforce.rate_micros, hourly)
