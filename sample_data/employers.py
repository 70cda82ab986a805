"""The 41 invented employers: owner, region, number of posts, how they pay, how they report it."""

from dataclasses import dataclass
from decimal import Decimal

PRIVATE_EQUITY = "private-equity owned"
LISTED = "listed"
OWNER_MANAGED = "owner-managed"
CHARITY = "charity"
INTEREST_COMPANY = "community interest company"
CO_OPERATIVE = "co-operative"
LOCAL_AUTHORITY = "local authority"

FOR_PROFIT = (PRIVATE_EQUITY, LISTED, OWNER_MANAGED)


@dataclass(frozen=True, slots=True)
class SpotPay:
    """Rates of the employer's own: the starting rate of each grade in £ an hour, lowest grade first."""

    start: tuple[Decimal, ...]
    youth: Decimal | None = (
        None  # what this employer pays residential support workers of 18 to 20; None: the full rate
    )


@dataclass(frozen=True, slots=True)
class ScalePay:
    """The sector scale: the points each grade uses here, lowest grade first."""

    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Employer:
    name: str
    ownership: str
    region: str
    heads: int
    layout: str
    pay: SpotPay | ScalePay
    margin: Decimal | None  # operating margin aimed at; None: a cost centre
    full_week: Decimal = Decimal("37.5")
    file: str = (
        ""  # several employers may share one file; blank: a file of its own, called after the employer
    )
    pension_percent: Decimal = Decimal(3)

    @property
    def payroll_file(self) -> str:
        return self.file or self.name


def _spot(*start: str, youth: str | None = None) -> SpotPay:
    return SpotPay(tuple(Decimal(rate) for rate in start), None if youth is None else Decimal(youth))


def _employer(  # noqa: PLR0917  (the tables below read as rows)
    name: str,
    ownership: str,
    region: str,
    heads: int,
    layout: str,
    pay: SpotPay | ScalePay,
    margin: str,
    *,
    week: str = "37.5",
    file: str = "",
    pension: str = "3",
) -> Employer:
    return Employer(
        name,
        ownership,
        region,
        heads,
        layout,
        pay,
        Decimal(margin) if margin else None,
        Decimal(week),
        file,
        Decimal(pension),
    )


_CASTLEGATE = "Example Castlegate Group payroll"
_LARKFIELD = "Example Larkfield Group payroll"
_BUREAU = "Example Payroll Bureau return"

# fmt: off
_GROUPS = (
    _employer("Example Meridian Homes Ltd", PRIVATE_EQUITY, "North West", 900, "title_rows",
              _spot("12.71", "14.75", "16.50", "18.70", "22.40", youth="11.50"), "0.226", week="40"),
    _employer("Example Castlegate North Ltd", PRIVATE_EQUITY, "North East", 520, "group_return",
              _spot("12.71", "14.60", "16.40", "18.50", "22.00", youth="11.20"), "0.193", week="40",
              file=_CASTLEGATE),
    _employer("Example Castlegate South Ltd", PRIVATE_EQUITY, "South East", 380, "group_return",
              _spot("13.80", "15.60", "17.40", "19.50", "22.70"), "0.174", week="40", file=_CASTLEGATE),
    _employer("Example Glasswater Care Ltd", PRIVATE_EQUITY, "West Midlands", 700, "monthly_pay",
              _spot("13.70", "15.60", "17.30", "19.40", "22.50"), "0.241", week="40"),
    _employer("Example Larkfield East Ltd", PRIVATE_EQUITY, "East of England", 260, "group_tsv",
              _spot("12.71", "14.95", "16.60", "18.90", "22.30"), "0.257", week="39", file=_LARKFIELD),
    _employer("Example Larkfield West Ltd", PRIVATE_EQUITY, "South West", 180, "group_tsv",
              _spot("12.71", "14.30", "16.20", "18.50", "22.10", youth="11.80"), "0.211", week="39",
              file=_LARKFIELD),
    _employer("Example Larkfield Central Ltd", PRIVATE_EQUITY, "East Midlands", 120, "group_tsv",
              _spot("12.71", "13.15", "15.30", "17.90", "21.90"), "0.183", week="39", file=_LARKFIELD),
    _employer("Example Northlight Group plc", LISTED, "Yorkshire and the Humber", 600, "two_row_headings",
              _spot("12.71", "15.10", "16.90", "19.20", "22.70", youth="11.65"), "0.152"),
)

_OWNER_MANAGED = (
    _employer("Example Harbour Care Ltd", OWNER_MANAGED, "South East", 98, "home_sections",
              _spot("12.71", "14.60", "16.50", "18.70", "22.40", youth="10.85"), "0.137", week="40"),
    _employer("Example Millstone Homes Ltd", OWNER_MANAGED, "North West", 95, "actual_salary",
              _spot("13.30", "15.20", "17.00", "19.20", "23.10"), "0.116"),
    _employer("Example Ashgrove Care Ltd", OWNER_MANAGED, "West Midlands", 82, "semicolon_csv",
              _spot("12.71", "14.10", "16.00", "18.20", "21.80"), "0.164", week="40"),
    _employer("Example Compass Rose Ltd", OWNER_MANAGED, "South West", 75, "column_c",
              _spot("13.45", "15.30", "17.30", "19.60", "23.20"), "0.089"),
    _employer("Example Tidewell Homes Ltd", OWNER_MANAGED, "North East", 68, "page_breaks",
              _spot("12.71", "12.95", "14.90", "17.40", "21.40", youth="11.00"), "0.182", week="40"),
    _employer("Example Foxglove Care Ltd", OWNER_MANAGED, "East Midlands", 60, "status_and_age_band",
              _spot("12.90", "14.80", "16.70", "18.90", "22.50"), "0.103"),
    _employer("Example Beacon Lane Ltd", OWNER_MANAGED, "North West", 56, "semicolon_csv",
              _spot("13.25", "15.10", "16.90", "19.10", "22.80"), "0.074", week="39"),
    _employer("Example Kingfisher Homes Ltd", OWNER_MANAGED, "Yorkshire and the Humber", 52, "actual_salary",
              _spot("12.80", "14.70", "16.40", "18.60", "22.20"), "0.148"),
    _employer("Example Saltmarsh Care Ltd", OWNER_MANAGED, "East of England", 47, "plain_csv",
              _spot("12.71", "14.00", "15.90", "18.10", "21.60", youth="11.40"), "0.196", week="40"),
    _employer("Example Thornapple House Ltd", OWNER_MANAGED, "South West", 44, "home_sections",
              _spot("13.60", "15.40", "17.20", "19.50", "23.00"), "0.062"),
    _employer("Example Quayside Care Ltd", OWNER_MANAGED, "London", 40, "column_c",
              _spot("14.10", "16.00", "17.90", "20.40", "24.20"), "0.095"),
    _employer("Example Rowanfield Ltd", OWNER_MANAGED, "West Midlands", 36, "page_breaks",
              _spot("12.75", "14.40", "16.10", "18.40", "22.00"), "0.128"),
    _employer("Example Summerlea Homes Ltd", OWNER_MANAGED, "South East", 33, "status_and_age_band",
              _spot("13.45", "15.00", "16.80", "19.00", "22.70"), "0.057"),
    _employer("Example Wren and Willow Ltd", OWNER_MANAGED, "North West", 28, "semicolon_csv",
              _spot("13.00", "14.60", "16.30", "18.50", "21.90"), "0.081", week="40"),
    _employer("Example Copperfield Care Ltd", OWNER_MANAGED, "East Midlands", 24, "bureau_csv",
              _spot("12.71", "13.05", "15.10", "17.60", "21.20", youth="11.25"), "0.112", week="40",
              file=_BUREAU),
    _employer("Example Sandpiper Homes Ltd", OWNER_MANAGED, "North East", 22, "bureau_csv",
              _spot("12.95", "14.50", "16.20", "18.30", "21.70"), "0.068", week="40", file=_BUREAU),
    _employer("Example Lantern Street Ltd", OWNER_MANAGED, "Yorkshire and the Humber", 20, "bureau_csv",
              _spot("13.15", "14.90", "16.60", "18.80", "22.10"), "0.091", week="40", file=_BUREAU),
)

_CHARITY_POINTS = ScalePay(((2, 7), (11, 12), (16, 17), (21, 22), (26, 26)))
_CHARITY_HIGHER = ScalePay(((4, 9), (11, 13), (16, 18), (21, 23), (26, 27)))

_CHARITIES = (
    _employer("Example Open Door Trust", CHARITY, "South East", 170, "fte_salary", _CHARITY_HIGHER, "0.031"),
    _employer("Example Riverbank Children's Charity", CHARITY, "North West", 120, "monthly_pay",
              _spot("13.45", "15.20", "17.10", "19.30", "23.00"), "0.044", pension="5"),
    _employer("Example Hearth and Home Trust", CHARITY, "London", 95, "fte_salary", _CHARITY_POINTS, "0.022"),
    _employer("Example Fairweather Foundation", CHARITY, "West Midlands", 70, "status_and_age_band",
              _spot("13.45", "15.00", "16.90", "19.00", "22.60"), "-0.009", pension="4"),
    _employer("Example Wayfinder Trust", CHARITY, "South West", 58, "two_row_headings",
              _spot("13.50", "15.30", "17.00", "19.10", "22.80"), "0.057"),
    _employer("Example Morningside Charity", CHARITY, "East of England", 42, "grouped_return",
              _CHARITY_POINTS, "0.012"),
    _employer("Example Greenlight Trust", CHARITY, "North East", 34, "actual_salary",
              _spot("13.45", "14.70", "16.50", "18.70", "22.10"), "0.036"),
    _employer("Example Two Bridges Charity", CHARITY, "Yorkshire and the Humber", 26, "semicolon_csv",
              _spot("13.20", "14.60", "16.40", "18.50", "21.90"), "0.048"),
    _employer("Example Common Ground CIC", INTEREST_COMPANY, "East Midlands", 38, "column_c",
              _spot("13.45", "15.10", "16.80", "18.80", "22.20"), "0.017"),
    _employer("Example Mutual Care Co-operative", CO_OPERATIVE, "North West", 22, "page_breaks",
              _spot("14.00", "15.40", "16.90", "18.60", "21.00"), "0.035", week="37"),
)

_COUNCIL_POINTS = ScalePay(((9, 10), (13, 15), (17, 20), (22, 24), (28, 30)))
_COUNCIL_LOWER = ScalePay(((8, 10), (12, 15), (17, 19), (21, 24), (28, 30)))

_COUNCILS = (
    _employer("Example Eastmarch County Council", LOCAL_AUTHORITY, "East of England", 190,
              "fte_salary", _COUNCIL_POINTS, ""),
    _employer("Example Northvale City Council", LOCAL_AUTHORITY, "North East", 165, "council_actual_salary",
              _COUNCIL_POINTS, ""),
    _employer("Example Westholme Borough Council", LOCAL_AUTHORITY, "West Midlands", 140,
              "fte_salary", _COUNCIL_LOWER, ""),
    _employer("Example Southmere Council", LOCAL_AUTHORITY, "South East", 120, "grouped_return",
              _COUNCIL_POINTS, ""),
    _employer("Example Highmoor Council", LOCAL_AUTHORITY, "Yorkshire and the Humber", 95, "council_hourly",
              _COUNCIL_LOWER, ""),
    _employer("Example Lowfen Council", LOCAL_AUTHORITY, "East Midlands", 75,
              "council_actual_salary", _COUNCIL_POINTS, ""),
)
# fmt: on

EMPLOYERS = _GROUPS + _OWNER_MANAGED + _CHARITIES + _COUNCILS
