"""Published figures that the sample follows, with sources, and how two were moved to April 2026."""

from datetime import date
from decimal import Decimal

AS_AT = date(2026, 4, 30)  # the day the invented returns describe

# National minimum wage, 1 April 2026 to 31 March 2027, and the rate of the census's own year (2024/25).
# Source: the government's published rates.
LIVING_WAGE_21 = Decimal("12.71")
MINIMUM_18_TO_20 = Decimal("10.85")
LIVING_WAGE_21_IN_2024 = Decimal("11.44")

# Real Living Wage, United Kingdom, announced 22 October 2025, to be in place by 1 May 2026.
REAL_LIVING_WAGE = Decimal("13.45")

# Weeks in a year for an hourly rate, and the full week of the invented sector scale.
WEEKS = Decimal("52.143")
SCALE_HOURS = Decimal("37.5")

# Employer's on-costs 2026/27: 15 % of pay above £5,000; 3 % pension on £6,240 to £50,270.
EMPLOYER_NI_RATE = Decimal("0.15")
SECONDARY_THRESHOLD = Decimal(5000)
STATUTORY_PENSION_RATE = Decimal("0.03")
PENSION_FROM = Decimal(6240)
PENSION_TO = Decimal(50270)
LEVY_PAYBILL = Decimal(3_000_000)  # the apprenticeship levy is paid on pay bills above this

# Children's homes workforce census, autumn 2024 (Department for Education; as quoted by a provider).
CENSUS_CARE_STAFF = Decimal("13.06")
CENSUS_MANAGER = Decimal("22.51")
AUTHORITY_PREMIUM_CARE = (Decimal("3.00"), Decimal("3.75"))
AUTHORITY_PREMIUM_MANAGER = Decimal(5)

# Operating margin of the fifteen largest providers, 2016-2020 (Competition and Markets Authority, 2022).
LARGEST_GROUP_MARGIN = Decimal("0.226")

_FLOOR_MOVEMENT = LIVING_WAGE_21 / LIVING_WAGE_21_IN_2024 - 1  # 11.1 %

# Care staff are paid close above the minimum wage, so their average is moved by the whole of its rise from
# April 2024 to April 2026: 13.06 → 14.51. Managers are paid about twice the minimum and such rises fade on
# the way up, so theirs is moved by half: 22.51 → 23.76. The authorities' premium is left in 2024 pounds. No
# census of 2026 was at hand to check this with.
CARE_STAFF_2026 = (CENSUS_CARE_STAFF * (1 + _FLOOR_MOVEMENT)).quantize(Decimal("0.01"))
MANAGER_2026 = (CENSUS_MANAGER * (1 + _FLOOR_MOVEMENT / 2)).quantize(Decimal("0.01"))
