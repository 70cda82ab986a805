"""Made-up statements of accounts in the shapes in which they are sent, each as the text of a CSV file."""

from __future__ import annotations

STATUTORY = """Oakwood House Ltd,,,
Profit and loss account,,,
For the year ended 31 March 2026,,,
,Notes,2026,2025
,,£000,£000
Turnover,3,"5,600","5,100"
Cost of sales,,"(4,092)","(3,750)"
Gross profit,,"1,508","1,350"
Administrative expenses,,(400),(380)
Operating profit,4,"1,108",970
Interest receivable,5,2,1
Interest payable and similar expenses,6,(352),(301)
Profit before taxation,,758,670
Tax on profit,7,(150),(130)
Profit for the financial year,,608,540
Staff costs,8,"3,372","3,000"
"""

XERO = """Profit and Loss,,
Elm Care CIC,,
For the year ended 31 March 2026,,
,,
Account,2026,2025
,,
Turnover,,
Care Fees,2650000.00,2500000.00
Grants,10000.00,
Total Turnover,2660000.00,2500000.00
,,
Cost of Sales,,
Direct Wages,1800000.00,1700000.00
Food and Provisions,60000.50,58000.00
Total Cost of Sales,1860000.50,1758000.00
,,
Gross Profit,799999.50,742000.00
,,
Administrative Costs,,
Depreciation Expense,40000.00,40000.00
Directors' Remuneration,60000.00,55000.00
Employers National Insurance,180000.00,150000.00
Insurance,25000.00,24000.00
Interest Paid,5000.00,6000.00
"Light, Power, Heating",70000.00,66000.00
Rent,60000.00,60000.00
Total Administrative Costs,440000.00,401000.00
,,
Operating Profit,359999.50,341000.00
,,
Profit before Taxation,359999.50,341000.00
"""

QUICKBOOKS = """"Pine House Limited",
"Profit and Loss",
"April 2025 - March 2026",
,
,Total
Income,
   Sales,"£1,200,000.00"
   Total Income,"£1,200,000.00"
Cost of Sales,
   Wages,700000
   Agency,50000
   Total Cost of Sales,"£750,000.00"
Gross Profit,"£450,000.00"
Expenses,
   Rent or Lease payments,90000
   Zebra hire,10000
   Repairs and Maintenance,50000
   Total Expenses,"£150,000.00"
Net Operating Income,"£300,000.00"
Net Income,"£300,000.00"
"""

SAGE = """Maple Homes Ltd,,,
Profit & Loss,,,
From: 01/04/2025 To: 31/03/2026,,,
,,Period,Year to Date
Sales,,,
4000,Placement fees,10000,120000
4905,Rent received,0,1200
,,10000,121200
Purchases,,,
5000,Food,500,6000
,,500,6000
Direct Expenses,,,
6000,Productive Labour,5000,60000
,,5000,60000
,Gross Profit/(Loss):,4500,55200
Overheads,,,
7000,Gross Wages,1000,12000
7100,Rent,800,9600
7200,Heat Light and Power,200,2400
,,2000,24000
,Net Profit/(Loss):,2500,31200
"""

CHARITY = """Birch Children's Trust,,,,
Statement of financial activities for the year ended 31 August 2025,,,,
,Unrestricted funds 2025,Restricted funds 2025,Total funds 2025,Total funds 2024
,£,£,£,£
Income from:,,,,
Donations and legacies,10000,5000,15000,12000
Charitable activities,900000,20000,920000,880000
Investments,1000,,1000,900
Total income,911000,25000,936000,892900
Expenditure on:,,,,
Raising funds,4000,,4000,3500
Charitable activities,880000,25000,905000,870000
Total expenditure,884000,25000,909000,873500
Net income / (expenditure),27000,0,27000,19400
Transfers between funds,0,0,0,0
Total funds brought forward,100000,0,100000,80600
Total funds carried forward,127000,0,127000,100000
Staff costs (note 7),,,610000,590000
"""

# Details in an inner column, what they come to in an outer one, under one year.
TWO_COLUMNS_A_YEAR = """Larch Homes Limited,,,,
Detailed profit and loss account for the year ended 31 December 2025,,,,
,2025,,2024,
,£,£,£,£
Turnover,,900000,,850000
Direct costs,,,,
Wages and salaries,500000,,480000,
Provisions,40000,540000,38000,518000
Gross profit,,360000,,332000
Administrative expenses,,,,
Directors' remuneration,50000,,48000,
Rent,60000,,60000,
Bank charges,1000,111000,900,108900
Operating profit,,249000,,223100
Interest payable,,(9000),,(9500)
Profit before taxation,,240000,,213600
"""

EMPLOYERS = """All figures in £000,,,,
Employer,Oak Homes Ltd,Elm CIC,Ash Trust,Total
Year end,31/03/2026,31/03/2026,31/08/2025,
Ownership,private equity,community interest company,charity,
Turnover,1000,500,300,1800
Staff costs,600,350,210,1160
Rent,50,20,-,70
Directors' pay,40,10,0,50
Other operating costs,200,100,60,360
Net interest,30,-2,0,28
Registered places,20,8,6,34
"""

GROUP = """£,Ash Group,Ash North Ltd,Ash South Ltd
Year ended,2026-03-31,2026-03-31,2026-03-31
Turnover,1000,600,400
Staff costs,(700),(420),(280)
Other costs,(200),(110),(90)
Operating profit,100,70,30
"""

GROUP_AND_COMPANY = """Oak Holdings plc - year ended 31 March 2026 - £,,
,Group,Company
Turnover,1000,300
Staff costs,600,200
Operating profit,400,100
"""

HOMES = """Rowan Care Ltd £,,,
Year to 31 March 2026,Hillside,Riverside,Total
Income,400,300,700
Staff costs,250,200,450
Other costs,50,40,90
Surplus,100,60,160
"""

MONTHS = """Sycamore Ltd,£,,,,,,,,,,,
Account,Apr-25,May-25,Jun-25,Jul-25,Aug-25,Sep-25,Oct-25,Nov-25,Dec-25,Jan-26,Feb-26,Mar-26
Fees,100,100,100,100,100,100,100,100,100,100,100,160
Wages,60,60,60,60,60,60,60,60,60,60,60,60
Rent,10,10,10,10,10,10,10,10,10,10,10,10
Net profit,30,30,30,30,30,30,30,30,30,30,30,90
"""

WITH_BALANCE_SHEET = """Oak Ltd year ended 31 March 2026,£
Turnover,1000
Staff costs:,
Wages and salaries,500
Social security costs,50
Staff costs,550
of which directors,60
Depreciation and other amounts written off assets,40
Other charges,100
Profit before tax,310
Tax,60
Profit,250
Dividends,100
Fixed assets,
Tangible assets,2000
Debtors,100
Cash at bank and in hand,50
Total assets less current liabilities,1900
Creditors: amounts falling due after more than one year,400
Net assets,1500
Capital and reserves,
Profit and loss account,1500
Number of employees,22
Occupancy,88%
"""

LEDGER = """Oak Ltd £,31 March 2026
Fees receivable,-1000
Wages,600
Rent,50
Sundry expenses,100
Net profit,-250
"""

EMPLOYERS_AND_YEARS = """,Oak Homes Ltd,,Elm CIC,
,2026,2025,2026,2025
,£m,£m,£m,£m
Revenue,5.6,5.1,2.65,2.5
Employee benefits expense,3.4,3.1,2.0,1.9
Rent,0.2,0.2,0.1,0.1
Operating profit,2.0,1.8,0.55,0.5
"""

OWN_LAYOUT = """,Cedar Children's Homes Ltd,
Income & Expenditure,YE 31/03/2026,YE 31/03/2025
INCOME,,
Placement Fees - Kent CC,600000,550000
Placement Fees - Others,400000,350000
TOTAL INCOME,1000000,900000
EXPENDITURE,,
Staff Costs,,
 Salaries,450000,400000
 Employer NI,50000,40000
 Pension,20000,18000
 Total Staff Costs,520000,458000
Property Costs,,
 Rent,60000,60000
 Rates,5000,5000
 Repairs,15000,12000
 Total Property Costs,80000,77000
Other,,
 Vehicles,20000,20000
 Food,30000,28000
 Insurance,10000,9000
 Total Other,60000,57000
TOTAL EXPENDITURE,660000,592000
SURPLUS BEFORE MANAGEMENT CHARGE,340000,308000
Management charge from parent,100000,90000
NET SURPLUS,240000,218000
"""

MICRO_ENTITY = """Fir Ltd,,,
Income statement for the year ended 30 June 2025,,,
,2025,,2024
,£,,£
Turnover,"250,000",,"240,000"
Cost of raw materials and consumables,"(20,000)",,"(18,000)"
Staff costs,"(150,000)",,"(145,000)"
Depreciation and other amounts written off assets,"(5,000)",,"(5,000)"
Other charges,"(40,000)",,"(39,000)"
Tax,"(7,000)",,"(6,500)"
Profit or (loss),"28,000",,"26,500"
"""
