"""The sample sector: children's residential care in England, April 2026. Everything in it is invented.

`python -m sample_data FOLDER` (or `sample_data.generate.write_sample`) writes 41 employers' payroll
returns with 6,000 posts, the employers' accounts, a sector pay scale, a claim, two offers, three sides'
targets and a `manifest.json` that says what is in each file. No employer, person, number or address is
real: employers are called "Example …", people "… Fictional-00417", National Insurance numbers begin QQ
(never issued), postcodes ZZ99 (never issued), e-mail addresses end in `.invalid`, sort codes are
00-00-00. The same seed gives the same bytes.

How the figures were set, so that the sample feels like the sector without copying anybody in it:

* Pay follows the children's homes workforce census of autumn 2024 (care staff £13.06 an hour on average,
  registered managers £22.51, local authority homes £3.00 to £3.75 an hour above private ones for care
  staff and about £5 for managers), moved to April 2026 as `facts.py` describes. "Care staff" are
  residential and senior support workers.
* Nobody of 21 or over is below the National Living Wage of April 2026 (£12.71) and nobody of 18 to 20
  below their own minimum (£10.85). About one post in seven is at the floor; some employers pay the real
  Living Wage (£13.45).
* Operating margins are as far apart as the real ones: 17 to 26 % in private-equity groups (22.6 % at the
  largest, the Competition and Markets Authority's average for the fifteen largest providers), 5 to 20 %
  in owner-managed firms, −1 to 6 % in charities. Two independents make less than 2 % and one makes a
  loss. Local authority homes are cost centres: their revenue is blank, which means not known. The margin
  is after depreciation; connected-party rent is the part of the rent that goes to an owner's own company.
* Labour in the accounts is 1 to 4 % away from the payroll cost, as it always is, and never equal to it.
* Posts per home, beds per post and the mix of grades are round figures of our own.

Sources: Department for Education, children's homes workforce census 2024 (averages as quoted in a
provider's overview, so second-hand); Competition and Markets Authority, children's social care market
study 2022, as quoted by the National Audit Office 2025; the published minimum wage and real Living Wage
rates.
"""
