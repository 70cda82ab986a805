"""The same costing by other means, to be timed beside the engine: plain pandas, and LibreOffice on the exported workbook."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from bargain.ni_reliefs import reliefs_of, thresholds_of
from bargain.parameters.load import on_costs_on
from models.offer import Offer, Settlement
from models.parameters import OnCostParameters
from models.sector import Sector
from models.units import MICROS_PER_POUND, PPM

LIBREOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_LONGEST_SECONDS = 600
_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def pandas_frame(sector: Sector) -> Any:
    """What a data frame of an hourly paid sector holds; making it is not on the clock."""
    import pandas as pd

    force = sector.workforce
    records = [sector.employer(name) for name in force.employers]
    names = ("employer_code", "grade_code", "heads", "sex")
    return pd.DataFrame(
        {
            **{name: getattr(force, name) for name in names},
            "relief": reliefs_of(force),
            "rate": force.rate_micros / MICROS_PER_POUND,
            "hours": force.hours_w * force.weeks_y,
            "year": force.full_hours_w * force.weeks_y,
            "claims": np.array([one.gets_employment_allowance for one in records])[force.employer_code],
            "pays_levy": np.array([one.pays_levy for one in records])[force.employer_code],
        }
    )


def cost_by_pandas(frame: Any, sector: Sector, offer: Offer) -> float:
    """The full-year cost, £, and what else an appraisal gives, as somebody at home in pandas would write it.

    For hourly paid staff, rules for everyone, a floor and differentials over the highest rate at each employer:
    what the bench's offer has.
    """
    rate, total = frame["rate"], 0.0
    for settlement in offer.settlements:
        figures = on_costs_on(settlement.effective)
        new = _new_rate(frame, rate, settlement, sector.workforce.grades)
        before, after = _labour(frame, rate, figures), _labour(frame, new, figures)
        rise = after - before
        for key in ("employer_code", "grade_code"):
            rise.groupby(frame[key]).sum()
        total += float(rise.sum())
        rate = new
    for pay in (frame["rate"], rate):
        for key in ("employer_code", "grade_code"):
            pay.groupby(frame[key]).quantile([0.1, 0.5, 0.9])
        pay.groupby([frame["employer_code"], frame["grade_code"]]).median()
        pay.groupby(frame["sex"]).agg(["mean", "median"])
        pay.quantile([0.1, 0.5, 0.9])
        ordered = pay.sort_values()
        float((ordered * (2 * np.arange(1, len(pay) + 1) - len(pay) - 1)).sum() / (len(pay) * ordered.sum()))
    _labour(frame, _pennies(frame["rate"] * 1.01), on_costs_on(offer.settlements[0].effective)).sum()
    return total


def _new_rate(frame: Any, rate: Any, settlement: Settlement, grades: tuple[str, ...]) -> Any:
    new = rate
    for rule in settlement.pay:
        rise = new * (rule.percent_ppm / PPM)
        if rule.at_least_cash_micros is not None:
            rise = np.maximum(rise, rule.at_least_cash_micros / MICROS_PER_POUND / frame["year"])
        new = new + rise
    if settlement.floor_micros is not None:
        new = new.clip(lower=settlement.floor_micros / MICROS_PER_POUND)
    for one in settlement.differentials:
        below = frame["grade_code"] == grades.index(one.over)
        highest = new[below].groupby(frame["employer_code"][below]).max()
        least = frame["employer_code"].map(highest) * (1 + (one.at_least_percent_ppm or 0) / PPM)
        lifted = frame["grade_code"] == grades.index(one.grade)
        new = new.where(~lifted, np.fmax(new, least))
    return np.maximum(_pennies(new), rate)


def _pennies(pounds: Any) -> Any:
    return np.floor(pounds * 100 + 0.5 + 1e-7) / 100


def _labour(frame: Any, rate: Any, figures: OnCostParameters) -> Any:
    pay = rate * frame["hours"]
    ni = (pay - thresholds_of(figures)[frame["relief"]]).clip(lower=0) * (figures.ni_rate_ppm / PPM)
    lower, upper = (one / MICROS_PER_POUND for one in (figures.band_lower_micros, figures.band_upper_micros))
    pension = (pay.clip(lower, upper) - lower) * (figures.pension_minimum_ppm / PPM)
    pay, ni, pension = (one * frame["heads"] for one in (pay, ni, pension))
    allowance = figures.employment_allowance_micros / MICROS_PER_POUND
    due = ni.groupby(frame["employer_code"]).transform("sum")
    ni = ni * (1 - due.clip(upper=allowance) / due).where(frame["claims"] & (due > 0), 1.0)
    bill = pay.groupby(frame["employer_code"]).transform("sum")
    free = figures.levy_allowance_micros / MICROS_PER_POUND
    levy = ((bill * (figures.levy_rate_ppm / PPM) - free).clip(lower=0) / bill).where(frame["pays_levy"], 0.0)
    return pay + ni + pension + pay * levy


def libreoffice_seconds(workbook: bytes) -> float | None:
    """How long LibreOffice takes to open a costing, calculate every formula and save it; None where it is absent."""
    if LIBREOFFICE is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        given, profile = Path(folder) / "costing.xlsx", Path(folder) / "profile"
        given.write_bytes(workbook)
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_RECALCULATE, encoding="utf-8")
        command = [
            LIBREOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx",
            "--outdir", str(Path(folder) / "answer"), str(given),
        ]  # fmt: skip
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, timeout=_LONGEST_SECONDS, check=False)
        seconds = time.perf_counter() - start
        return (
            seconds if done.returncode == 0 and (Path(folder) / "answer" / "costing.xlsx").is_file() else None
        )
