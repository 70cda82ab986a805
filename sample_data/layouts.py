"""The payroll layouts: seventeen ways in which real payroll systems and finance officers send the same facts.

They differ in headings, in what pay means (an hour, a month, a year; actual or full-time equivalent),
in file type, in
what stands above, between and under the rows,
and in which columns must never be kept. Each says enough in its headings
and values to be read without a question.
"""

from dataclasses import dataclass

from sample_data import columns as c
from sample_data.columns import Column
from sample_data.people import AGENCY, BANK, CASUAL, FIXED_TERM, PERMANENT, ZERO_HOURS
from sample_data.sheets import Basis

INVENTED = "Invented sample data: no real employer, no real person"


@dataclass(frozen=True, slots=True)
class Layout:
    name: str
    basis: Basis
    columns: tuple[Column, ...]
    suffix: str = "xlsx"
    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = "Payroll"
    title_rows: bool = False  # the employer's name and a date, then a blank row, above the heading
    first_column: int = 1  # 3: the table begins in column C
    home_rows: bool = False  # a row with nothing but the home's name begins each home
    home_totals: bool = False
    grand_total: str = ""  # its label; blank: there is none
    leavers_in: int = 0  # one leaver to so many posts; 0: none are listed
    blank_every: int = 0
    page_rows: int = 0  # the heading is printed again after so many rows
    notes: tuple[str, ...] = ()
    cover_sheet: bool = False  # a visible sheet of text before the payroll
    hidden_sheet: bool = False  # last year's figures on a hidden sheet after it
    grouped: bool = False
    part_year: bool = False

    @property
    def upper_headings(self) -> bool:
        return any(column.over for column in self.columns)


_SHORT_CONTRACTS = {
    PERMANENT: "Perm",
    FIXED_TERM: "FTC",
    ZERO_HOURS: "Zero Hrs",
    BANK: "Bank",
    CASUAL: "Casual",
    AGENCY: "Agency",
}
_LOWER_CONTRACTS = {
    PERMANENT: "permanent", FIXED_TERM: "fixed-term", ZERO_HOURS: "zero hours", BANK: "bank",
    CASUAL: "casual",
    AGENCY: "agency",
}  # fmt: skip

_TITLE_ROWS = Layout(
    name="title_rows", basis=Basis.HOUR, title_rows=True, home_totals=True, grand_total="Total",
    leavers_in=45,
    columns=(
        c.staff_number("Emp No"), c.full_name("Employee Name"), c.ni_number("NI Number"), c.home("Home"),
        c.job_title("Post Title"), c.pay("Basic Hourly Rate"), c.hours("Hrs p/w"),
        c.contract("Contract Type"),
        c.sex("Gender", "Female", "Male"), c.age("Age"), c.started("Start Date", c.as_date),
        c.left("Leaving Date", c.as_date),
    ),
)  # fmt: skip

_TWO_ROW_HEADINGS = Layout(
    name="two_row_headings", basis=Basis.HOUR, sheet="Establishment", grand_total="Grand Total",
    leavers_in=40, part_year=True,
    columns=(
        c.staff_number("Number", "E{:05d}", over="Employee"), c.full_name("Name", over="Employee"),
        c.job_title("Job Title"),
        c.hours("Hours", over="Contracted"), c.weeks("Weeks", over="Contracted"),
        c.pay("Hourly Rate", over="Basic Pay"), c.sleep_ins("Sleep-ins p.a."), c.contract("Contract Type"),
        c.sex("Sex"), c.age("Age"),
        c.started("Date Joined", c.as_day_month_year), c.left("Date Left", c.as_day_month_year),
    ),
)  # fmt: skip

_FTE_SALARY = Layout(
    name="fte_salary", basis=Basis.YEAR_FTE, sheet="Staffing return", title_rows=True, grand_total="Total",
    columns=(
        c.staff_number("Payroll Ref", "{:07d}"), c.surname("Surname"), c.first_name("Forename"),
        c.job_title("Job Title"),
        c.grade("Grade"), c.point("SCP"), c.pay("FTE Salary"), c.fte("FTE"), c.hours("Contracted Hours"),
        c.contract("Employment Basis"), c.sex("Sex", "Female", "Male"), c.birth("Date of Birth", c.as_date),
        c.ni_number("NI Number"), c.union_deduction("Union Subscription"),
        c.started("Continuous Service Date", c.as_date),
    ),
)  # fmt: skip

_ACTUAL_SALARY = Layout(
    name="actual_salary", basis=Basis.YEAR_ACTUAL, sheet="Sheet1", grand_total="Total",
    notes=("* includes market supplement", "Salaries are for contracted hours, before tax", INVENTED),
    columns=(
        c.staff_number("Ref", "{:04d}"), c.sample_person("Name"), c.starred_job_title("Role", 3),
        c.pay("Annual Salary (actual)", c.as_pounds, summed=True), c.hours("Contracted Hours"),
        c.contract("Type of Contract"), c.sex("M/F"), c.age("Age"), c.address("Home Address"),
        c.sort_code("Sort Code"),
        c.account_number("Account Number"), c.started("Date Started", c.as_short_words),
    ),
)  # fmt: skip

_MONTHLY_PAY = Layout(
    name="monthly_pay", basis=Basis.MONTH_ACTUAL, suffix="csv", encoding="utf-8-sig", leavers_in=60,
    columns=(
        c.staff_number("Employee ID"), c.first_name("First Name"), c.surname("Last Name"),
        c.job_title("Position"),
        c.pay("Actual Monthly Pay", c.as_text), c.hours("Weekly Hours"),
        c.contract("Contract", _SHORT_CONTRACTS),
        c.sex("Gender", "Female", "Male"), c.age("Age"), c.pension_percent("Employer Pension %"),
        c.ni_number("National Insurance Number", spaced=False), c.started("Start Date", c.as_iso),
        c.left("Termination Date", c.as_iso),
    ),
)  # fmt: skip

_SEMICOLON_CSV = Layout(
    name="semicolon_csv", basis=Basis.HOUR, suffix="csv", encoding="cp1252", delimiter=";",
    grand_total="TOTAL",
    columns=(
        c.staff_number("Personnel No"), c.surname_first("Name"), c.job_title("Job Role"),
        c.pay("Hourly Rate (£)", c.as_pounds), c.hours("Weekly Contracted Hours"), c.contract("Contract"),
        c.sex("Sex"),
        c.birth("Date of Birth", c.as_day_month_year), c.email("E-mail"),
        c.started("Start Date", c.as_day_month_year),
    ),
)  # fmt: skip

_GROUP_TSV = Layout(
    name="group_tsv", basis=Basis.HOUR, suffix="tsv", delimiter="\t", leavers_in=50,
    columns=(
        c.employer("Company"), c.ownership("Ownership"), c.staff_number("Payroll No", "L{:05d}"),
        c.job_title("Job Title"),
        c.pay("Hourly Rate", c.as_text), c.hours("Contract Hours Per Week"),
        c.sleep_ins("Sleep-in Shifts Per Year"),
        c.contract("Employment Type", _SHORT_CONTRACTS), c.sex("Gender"), c.age("Age"),
        c.sort_code("Bank Sort Code"),
        c.account_number("Bank Account"), c.ni_number("NINO", spaced=False),
        c.started("Hire Date", c.as_day_month_year),
        c.left("Leave Date", c.as_day_month_year),
    ),
)  # fmt: skip

_GROUPED_RETURN = Layout(
    name="grouped_return", basis=Basis.HOUR, sheet="Return", title_rows=True, grouped=True,
    grand_total="Total",
    notes=("One row for all posts with the same title, point and hours",),
    columns=(
        c.job_title("Post"), c.grade("Grade"), c.point("Spinal Point"), c.heads("Head Count"),
        c.pay("Hourly Rate"),
        c.hours("Hours Per Week (each)"),
    ),
)  # fmt: skip

_COLUMN_C = Layout(
    name="column_c", basis=Basis.HOUR, sheet="Staff", first_column=3, title_rows=True, blank_every=13,
    hidden_sheet=True,
    columns=(
        c.staff_number("Staff ID", "S{:04d}"), c.job_title("Job Title"), c.pay("Pay Rate Per Hour"),
        c.hours("Average Weekly Hours"), c.contract("Contract Status"), c.sex("Sex", "Female", "Male"),
        c.age_band("Age Band"), c.started("Service Start", c.as_short_words),
    ),
)  # fmt: skip

_PAGE_BREAKS = Layout(
    name="page_breaks", basis=Basis.HOUR, suffix="csv", page_rows=20, grand_total="REPORT TOTAL",
    notes=("*** END OF REPORT ***",),
    columns=(
        c.staff_number("EMP NO"), c.surname_first("EMPLOYEE NAME"), c.job_title("JOB DESCRIPTION"),
        c.pay("RATE PER HOUR", c.as_text), c.hours("HOURS PER WEEK"), c.contract("CONTRACT TYPE"),
        c.sex("SEX"), c.age("AGE"),
        c.started("START DATE", c.as_day_month_year), c.ni_number("NI NO", spaced=False),
    ),
)  # fmt: skip

_GROUP_RETURN = Layout(
    name="group_return", basis=Basis.HOUR, sheet="Staff list", cover_sheet=True, leavers_in=45,
    columns=(
        c.employer("Employer"), c.ownership("Ownership"), c.region("Region"),
        c.staff_number("Employee Ref", "CG{:05d}"),
        c.job_title("Job Title"), c.pay("Hourly Pay (£)"), c.hours("Contracted Weekly Hours"),
        c.contract("Contract Type"),
        c.sex("Sex", "Female", "Male"), c.age("Age"), c.status("Employment Status"),
        c.started("Start Date", c.as_date),
        c.pension_percent("Employer Pension %"),
    ),
)  # fmt: skip

_BUREAU_CSV = Layout(
    name="bureau_csv", basis=Basis.HOUR, suffix="csv", encoding="cp1252",
    columns=(
        c.employer("Client Employer Name"), c.staff_number("Works No"), c.full_name("Employee Name"),
        c.job_title("Occupation"),
        c.pay("Rate of Pay (hourly)", c.as_pounds), c.hours("Standard Weekly Hours"), c.contract("Contract"),
        c.sex("Gender"),
        c.age("Age"), c.started("Date of Joining", c.as_day_month_year),
        c.unused("Tax Code", lambda _line: "1257L"),
        c.unused("NI Table Letter", lambda _line: "A"), c.ni_number("NI Number"),
    ),
)  # fmt: skip

_HOME_SECTIONS = Layout(
    name="home_sections", basis=Basis.HOUR, sheet="By home", home_rows=True, home_totals=True,
    grand_total="Grand Total",
    notes=("Rates are basic pay; sleep-ins are paid apart", INVENTED), leavers_in=30,
    columns=(
        c.staff_number("Clock No"), c.full_name("Name"), c.job_title("Job"), c.pay("Rate £/hr"),
        c.hours("Hours/week"),
        c.contract("Contract", _SHORT_CONTRACTS), c.sex("Gender"), c.age("Age"),
        c.health_note("Occupational Health Note"),
        c.started("Start Date", c.as_date), c.left("End Date", c.as_date),
    ),
)  # fmt: skip

_STATUS_AND_AGE_BAND = Layout(
    name="status_and_age_band", basis=Basis.HOUR, sheet="Current and left", leavers_in=15, hidden_sheet=True,
    columns=(
        c.staff_number("Staff Number"), c.full_name("Full Name"), c.job_title("Job Title"),
        c.pay("Hourly Rate of Pay"),
        c.hours("Weekly Hours"), c.sleep_ins("Sleep-ins per Year"), c.contract("Contract Type"),
        c.age_band("Age Band"),
        c.sex("Sex"), c.status("Status"), c.pension_percent("Employer Pension Contribution"),
        c.started("Start Date", c.as_date),
    ),
)  # fmt: skip

_COUNCIL_ACTUAL_SALARY = Layout(
    name="council_actual_salary", basis=Basis.YEAR_ACTUAL, sheet="Children's homes", title_rows=True,
    home_totals=True,
    grand_total="Total",
    columns=(
        c.staff_number("Position ID", "{:08d}"), c.cost_centre("Cost Centre"), c.job_title("Post Title"),
        c.grade("Grade"),
        c.point("Spinal Column Point"), c.pay("Actual Salary p.a.", summed=True), c.hours("Weekly Hours"),
        c.contract("Contract Type"), c.sex("Gender", "Female", "Male"), c.age("Age"), c.address("Address"),
        c.union_deduction("Union Deduction"), c.started("Start Date", c.as_date),
    ),
)  # fmt: skip

_COUNCIL_HOURLY = Layout(
    name="council_hourly", basis=Basis.HOUR, sheet="Establishment list", grand_total="Total", blank_every=24,
    columns=(
        c.staff_number("Post Number"), c.job_title("Designation"), c.grade("Grade"), c.point("Pay Point"),
        c.pay("Hourly Pay Rate"), c.hours("Contractual Hours (weekly)"), c.contract("Contract Type"),
        c.sex("Sex"),
        c.age("Age"), c.started("Start Date", c.as_date),
    ),
)  # fmt: skip

_PLAIN_CSV = Layout(
    name="plain_csv", basis=Basis.HOUR, suffix="csv",
    columns=(
        c.job_title("job_title"), c.pay("hourly_rate", c.as_text), c.hours("weekly_hours"),
        c.contract("contract_type", _LOWER_CONTRACTS), c.sex("sex", "female", "male"), c.age("age"),
        c.started("start_date", c.as_iso),
    ),
)  # fmt: skip

LAYOUTS = {
    layout.name: layout
    for layout in (
        _TITLE_ROWS, _TWO_ROW_HEADINGS, _FTE_SALARY, _ACTUAL_SALARY, _MONTHLY_PAY, _SEMICOLON_CSV, _GROUP_TSV,
        _GROUPED_RETURN, _COLUMN_C, _PAGE_BREAKS, _GROUP_RETURN, _BUREAU_CSV, _HOME_SECTIONS,
        _STATUS_AND_AGE_BAND,
        _COUNCIL_ACTUAL_SALARY, _COUNCIL_HOURLY, _PLAIN_CSV,
    )
}  # fmt: skip
