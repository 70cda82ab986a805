"""The units in which figures are held.

Rates, pay and cash are whole millionths of a pound (``micros``): exact in int64, fine enough for
salaries that arrive with fractions of a penny, and far from overflow (a rise of 100 % on £4m a year fits).
Percentages are whole parts per million (``ppm``): 3.2 % is 32_000. Measures are shares from 0 to 1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MICROS_PER_POUND = 1_000_000
MICROS_PER_PENNY = 10_000
PPM = 1_000_000

WEEKS_PER_YEAR = 52.143  # the divisor that local government and the published tables use

MicroColumn = NDArray[np.int64]
FloatColumn = NDArray[np.float64]
CodeColumn = NDArray[np.int32]
BoolColumn = NDArray[np.bool_]
