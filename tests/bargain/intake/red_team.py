"""Made-up payrolls in many shapes, each with the truth beside it: what reading gives must be that, or a question."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl

PENNY = Decimal("0.01")
WEEKS = Decimal("52.143")

TITLES = (
    "RSW",
    "Senior RSW",
    "Team Leader",
    "Cook",
    "Total Care Manager",
    "Night support worker",
    "Gweithiwr gofal",
    "Finance & HR (P/T)",
)
HEADINGS = {
    "title": ("Job title", "JOB TITLE", "Post Title", "Role", "Position", "Teitl swydd", "Job_Title", "Occupation "),
    "number": ("Staff no", "Employee Number", "Payroll No.", "Assignment No", "Rhif staff", "Emp ID", "Ref"),
    "hours": ("Hours", "Contracted hours", "Hrs p/w", "Weekly Hours", "Oriau", "Contr Hrs", "Hours per week"),
    "fte": ("FTE", "WTE", "F.T.E.", "Contract FTE", "Full Time Equivalent"),
    "employer": ("Employer", "Provider name", "Organisation", "Cyflogwr", "Company"),
    "weeks": ("Paid weeks", "Weeks per year", "TT weeks"),
    "heads": ("Headcount", "Heads", "No. of staff", "Number of employees"),
    "start": ("Start date", "Date started", "Continuous service date"),
}  # fmt: skip
PAY = {
    ("hour", "actual"): ("Hourly rate", "Rate per hour", "Rate (£/hr)", "Basic hourly rate", "Cyfradd tal yr awr", "Pay rate ph"),
    ("year", "actual"): ("Actual annual salary", "Annual salary (actual)", "Actual salary p.a.", "Pro rata salary", "Annual Salary", "Salary"),
    ("year", "full_time"): ("FTE salary", "Full time annual salary", "Annual FTE pay", "WTE Salary", "Annual Salary", "Salary"),
    ("month", "actual"): ("Monthly pay (actual)", "Actual monthly salary", "Monthly salary", "Pay"),
    ("week", "actual"): ("Actual weekly pay", "Weekly wage", "Pay"),
}  # fmt: skip
TIMES = {"year": Decimal(1), "month": Decimal(12), "week": WEEKS}
TOTALS = (
    "Total",
    "TOTALS",
    "Grand total",
    "Sub-total",
    "Cyfanswm",
    "Overall",
    "Oakfield total",
    "",
    "Sum:",
    "Total staff",
)
NOISE = (
    ("Overtime YTD", lambda rng: rng.choice((0, 12.5, 340.11))), ("Employee name", lambda rng: f"Testa Person{rng.randint(1, 999)}"),
    ("NI number", lambda rng: f"QQ {rng.randint(10, 99)} {rng.randint(10, 99)} {rng.randint(10, 99)} A"), ("Cost centre", lambda rng: rng.randint(1000, 9999)),
    ("Mileage", lambda rng: rng.choice((None, 45.2))), ("Gross pay to date", lambda rng: rng.randint(900, 30_000)), ("Comments", lambda rng: None),
    ("Previous salary", lambda rng: rng.randint(18_000, 40_000)), ("Annual leave", lambda rng: 28), ("Employer NI cost", lambda rng: rng.randint(0, 4000)),
)  # fmt: skip


@dataclass
class Made:
    """A file, what it truly says (heads, and pounds a year), and the answers that a person who knows it would give."""

    path: Path
    heads: Decimal
    paybill: Decimal
    answers: dict[str, str]
    shape: str
    near: Decimal  # what rounding of each row to the penny can make
    employers: set[str] = field(default_factory=set)


def money(value: Decimal, style: str) -> object:
    """An amount as payrolls write it."""
    text = f"{value:,.2f}"
    comma = text.translate(str.maketrans(",.", ".,"))
    return {
        "number": float(value), "pounds": f"£{text}", "plain text": f"{value:.2f}", "grouped": text, "decimal comma": comma,
        "spaced": f" £ {text} ",
    }[style]  # fmt: skip


def make(seed: int, folder: Path) -> Made:  # one file's worth of choices
    """One payroll, from one seed."""
    rng = random.Random(seed)
    period, kind = rng.choice(sorted(PAY))
    style = rng.choice(("number", "number", "pounds", "plain text", "grouped", "decimal comma", "spaced"))
    grouped, two_pays = rng.random() < 0.15, period == "year" and rng.random() < 0.2
    by_fte = rng.random() < 0.5 or grouped
    term_time = period == "hour" and rng.random() < 0.25
    pay_heading = rng.choice(PAY[period, kind])
    names = {key: rng.choice(texts) for key, texts in HEADINGS.items()}
    columns = ["title", "pay", "hours"] + (["fte"] if by_fte else []) + (["heads"] if grouped else ["number"])
    columns += ["weeks"] if term_time else []
    columns += ["employer"] if rng.random() < 0.3 else []
    columns += ["start"] if rng.random() < 0.3 else []
    columns += ["other pay"] if two_pays else []
    noise = rng.sample(NOISE, rng.randint(0, 3))
    if grouped:
        noise = [one for one in noise if one[0] not in {"Employee name", "NI number"}]
    columns += [name for name, _ in noise]
    rng.shuffle(columns)
    titles = {
        **names,
        "pay": pay_heading,
        "other pay": "Actual pay" if kind == "full_time" else "Full-time salary",
    }
    if two_pays:
        titles["pay"] = "FTE salary" if kind == "full_time" else "Actual salary"
    full_week = rng.choice((Decimal("37.5"), Decimal(37), Decimal(40)))
    employers = ("Ash Homes", "Beech Care Ltd")
    heads = paybill = Decimal(0)
    body: list[list[object]] = []
    sums: dict[str, Decimal] = {}
    whose: set[str] = set()
    for at in range(rng.randint(12, 40)):
        share = rng.choice((Decimal(1), Decimal(1), Decimal("0.8"), Decimal("0.6"), Decimal("0.5")))
        hours = (full_week * share).quantize(PENNY)
        count = Decimal(rng.randint(1, 9)) if grouped else Decimal(1)
        weeks = Decimal(rng.choice((39, 44, 52))) if term_time else WEEKS
        rate = Decimal(rng.randint(1271, 2400)) / 100
        full_year = (rate * full_week * WEEKS).quantize(PENNY, ROUND_HALF_UP)
        if period == "hour":
            paid, annual = rate, rate * hours * weeks
        elif kind == "full_time":
            paid, annual = full_year, full_year * share
        else:
            paid = (full_year * share / TIMES[period]).quantize(PENNY, ROUND_HALF_UP)
            annual = paid * TIMES[period]
        other = (full_year * share).quantize(PENNY) if kind == "full_time" else full_year
        employer = employers[at % 2]
        cells: dict[str, object] = {
            "title": rng.choice(TITLES), "pay": money(paid, style), "hours": float(hours), "fte": float(share), "heads": int(count),
            "number": f"{100_000 + at}", "weeks": int(weeks) if term_time else None, "employer": employer,
            "start": date(2015, 1, 1) + timedelta(days=rng.randint(0, 4000)), "other pay": money(other, style),
        }  # fmt: skip
        cells |= {name: draw(rng) for name, draw in noise}
        body.append([cells[name] for name in columns])
        heads, paybill = heads + count, paybill + count * annual
        whose.add(employer)
        for name, value in (("hours", hours), ("heads", count), ("pay", paid)):
            sums[name] = sums.get(name, Decimal(0)) + value
    has_total = rng.random() < 0.5
    if has_total:
        body.append(_total(rng, columns, sums, style))
    if rng.random() < 0.3:
        body.insert(rng.randint(1, len(body) - 1), [None] * len(columns))
    head = [[titles.get(name, name) for name in columns]]
    if rng.random() < 0.25:
        head = [["Staff details" if at == 0 else None for at in range(len(columns))], *head]
    if rng.random() < 0.3 and body:
        body.insert(len(body) // 2, list(head[-1]))
    banner: list[list[object]] = [
        ["Example Homes payroll extract"],
        ["Run 31/03/2026", None, "page 1"],
        [None],
    ][: rng.randint(0, 3)]
    rows = [*banner, *head, *body]
    if rng.random() < 0.3:
        rows += [[None], ["* includes staff on maternity leave"]]
    answers = {
        "pay.per": period, "pay.of": kind, "columns.pay": titles["pay"], "dates.order": "day_first", "columns.hours": titles["hours"],
        "pay.full_time_hours": f"{full_week}",
    }  # fmt: skip
    shape = f"{seed}: {period} {kind} {style} {'groups ' if grouped else ''}{'two pays ' if two_pays else ''}{titles['pay']}"
    path = _write(rng, folder / f"payroll_{seed}", rows)
    near = PENNY * len(body) if two_pays else PENNY
    return Made(path, heads, paybill, answers, shape, near, whose if "employer" in columns else set())


def _total(rng: random.Random, columns: list[str], sums: dict[str, Decimal], style: str) -> list[object]:
    label = rng.choice(TOTALS)
    row: list[object] = [None] * len(columns)
    for name in ("hours", "heads", "pay"):
        if name in columns and (name != "pay" or rng.random() < 0.5):
            row[columns.index(name)] = money(sums[name], style) if name == "pay" else float(sums[name])
    place = columns.index("title") if rng.random() < 0.5 else 0
    if label and row[place] is None:
        row[place] = label
    return row


def _write(rng: random.Random, path: Path, rows: list[list[object]]) -> Path:
    if rng.random() < 0.4:
        path = path.with_suffix(".csv")
        with path.open("w", encoding=rng.choice(("utf-8", "utf-8-sig", "cp1252")), newline="") as out:
            writer = csv.writer(out, delimiter=rng.choice((",", ";", "\t")))
            for row in rows:
                writer.writerow(
                    [
                        f"{one:%d/%m/%Y}" if isinstance(one, date) else "" if one is None else one
                        for one in row
                    ]
                )
        return path
    path = path.with_suffix(".xlsx")
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    book.save(path)
    return path
