"""The claim, the two offers and the three sides' targets, in the application's own file formats."""

_CLAIM = """\
# Invented. The unions' opening claim: a floor of £15.00, 8 % for everybody, and the grades kept apart.
format = 1
name = "Unions' opening claim"
by = "unions"
tabled = true

[[settlement]]
effective = 2027-04-01

floor_hourly = 15.00
allowances_percent = 8.0

  [[settlement.pay]]
  percent = 8.0

  [[settlement.differential]]
  grade = "Senior support worker"
  over = "Residential support worker"
  at_least_percent = 12.0
  within = "employer"
  on = "median"

  [[settlement.differential]]
  grade = "Team leader"
  over = "Senior support worker"
  at_least_percent = 12.0
  within = "employer"
  on = "median"

  [[settlement.differential]]
  grade = "Deputy manager"
  over = "Team leader"
  at_least_percent = 10.0
  within = "employer"
  on = "median"

  [settlement.terms]
  weekly_hours = 36.0
  annual_leave_days = 30
  sick_pay_full_weeks = 12
  employer_pension_percent = 6.0
  sleep_in_rate = 75.00
  unsocial_percent = { night = 33, saturday = 33, sunday = 66 }
  paid_training_hours = 40
  paid_travel_time = true
  zero_hours = "guaranteed"

  [settlement.fees]
  rule = "cap"
  margin_cap_percent = 10.0
"""

_FIRST_OFFER = """\
# Invented. The employers' first offer: the same percentage for everybody, two years running.
format = 1
name = "Employers' first offer"
by = "employers"
tabled = true

[[settlement]]
effective = 2027-04-01

allowances_percent = 3.2

  [[settlement.pay]]
  percent = 3.2

  [settlement.fees]
  rule = "hold_margin"

[[settlement]]
effective = 2028-04-01

allowances_percent = 3.2

  [[settlement.pay]]
  percent = 3.2

  [settlement.fees]
  rule = "hold_margin"
"""

_SECOND_OFFER = """\
# Invented. The employers' second offer: more at the bottom, with the seniors and team leaders kept ahead.
format = 1
name = "Employers' second offer"
by = "employers"

[[settlement]]
effective = 2027-04-01

floor_hourly = 14.00
allowances_percent = 3.0

  [[settlement.pay]]
  percent = 3.0

  [[settlement.differential]]
  grade = "Senior support worker"
  over = "Residential support worker"
  at_least_percent = 8.0
  within = "employer"
  on = "median"

  [[settlement.differential]]
  grade = "Team leader"
  over = "Senior support worker"
  at_least_percent = 10.0
  within = "employer"
  on = "median"

  [settlement.terms]
  annual_leave_days = 29
  sleep_in_rate = 65.00
  paid_training_hours = 16

  [settlement.fees]
  uplift_percent = 3.0
"""

_UNION_TARGETS = """\
# Invented. What the unions would need before they could recommend a settlement.
name = "Unions' targets"

[[target]]
name = "Narrow the sector"
measure = "p90_p10_change"
at_most = -0.03

[[target]]
name = "Keep seniors ahead"
measure = "differential"
grade = "Senior support worker"
over = "Residential support worker"
scope = "every_employer"
at_least = 0.07

[[target]]
name = "Keep team leaders ahead"
measure = "differential"
grade = "Team leader"
over = "Senior support worker"
scope = "every_employer"
at_least = 0.09

[[target]]
name = "Nobody below fourteen pounds"
measure = "heads_below_hourly"
hourly = 14.00
at_most = 0

[[target]]
name = "A real rise for everybody"
measure = "general_rise"
at_least = 0.035

[[target]]
name = "Profit restraint"
measure = "operating_margin"
scope = "every_employer"
ownership = ["for-profit"]
at_most = 0.15

[[target]]
name = "Fewer zero-hours contracts"
measure = "zero_hours_share"
at_most = 0.02
"""

_EMPLOYER_TARGETS = """\
# Invented. What the employers could carry.
name = "Employers' targets"

[[target]]
name = "Envelope"
measure = "cost_full_year"
at_most = 12000000

[[target]]
name = "Pay bill"
measure = "paybill_growth"
at_most = 0.04

[[target]]
name = "General rise within the norm"
measure = "restraint_gap"
norm = 0.035
at_most = 0.0

[[target]]
name = "Few homes on the edge"
measure = "employers_below_margin"
margin = 0.02
at_most = 5

[[target]]
name = "A way up"
measure = "differential"
grade = "Registered manager"
over = "Deputy manager"
scope = "every_employer"
at_least = 0.10
"""

_COMMISSIONER_TARGETS = """\
# Invented. What the councils that buy the places look for.
name = "Commissioners' targets"

[[target]]
name = "Fees"
measure = "required_fee_uplift"
at_most = 0.035

[[target]]
name = "Profit restraint"
measure = "operating_margin"
scope = "every_employer"
ownership = ["for-profit"]
at_most = 0.20

[[target]]
name = "No home left behind"
measure = "employers_below_margin"
margin = 0.0
at_most = 3

[[target]]
name = "Narrow the sector"
measure = "p90_p10_change"
at_most = 0.0

[[target]]
name = "Keep seniors ahead"
measure = "differential"
grade = "Senior support worker"
over = "Residential support worker"
scope = "every_employer"
at_least = 0.05

[[target]]
name = "Less agency work"
measure = "agency_share"
at_most = 0.015
"""

READ_ME = """\
The sample sector: children's residential care, England, April 2026.

Everything here is invented: employers, people, numbers, addresses, offers. National Insurance numbers
begin QQ and postcodes ZZ99, which are never issued. Averages and spreads follow published ones, so that
results look like the sector; they say nothing about any real employer.

payroll    one file from each employer, group or payroll bureau, as different payroll systems send them
accounts   the year to 31 March 2026; a local authority's blank revenue means not known
scale      the sector pay scale
offers     the unions' claim and two offers of the employers
targets    what each side would want to see
manifest.json   what is truly in each payroll file, to check an import against
"""

DOCUMENTS = {
    "offers/claim.toml": _CLAIM,
    "offers/employers_offer_1.toml": _FIRST_OFFER,
    "offers/employers_offer_2.toml": _SECOND_OFFER,
    "targets/union.toml": _UNION_TARGETS,
    "targets/employers.toml": _EMPLOYER_TARGETS,
    "targets/commissioners.toml": _COMMISSIONER_TARGETS,
    "READ ME.txt": READ_ME,
}
