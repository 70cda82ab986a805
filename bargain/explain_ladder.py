"""Explain the other columns of an employer's money: the ladder from the result before rent to what goes to owners, and fees.

Each starts from the accounts and comes by the rise in income and in labour cost to the figure under the offer. Named by
what it is and whose: ``ebitdar:Northshire Homes``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from bargain.explain_lines import Part, adding, shown_line
from bargain.explain_margin import inputs_of_margin, people_of, refuse_few
from bargain.explain_words import in_pounds, in_words
from bargain.small_groups import SMALLEST_GROUP
from models.appraisal import Appraisal
from models.explanation import Explanation
from models.measures import EmployerMargins
from models.sector import Sector


@dataclass(frozen=True, slots=True)
class _Rung:
    """One column: its name, what it starts from, what is set against what, and what it adds beside income and labour."""

    label: str
    start: str
    before: Callable[[EmployerMargins], float | None]
    after: Callable[[EmployerMargins], float | None]
    total: str
    whole: Callable[[EmployerMargins], float | None] = lambda one: one.revenue_after
    whole_label: str = "Income under the offer"
    moves: bool = True
    added: str = ""


def _plus(*parts: float | None) -> float | None:
    known = [one for one in parts if one is not None]
    return sum(known) if len(known) == len(parts) else None


def _times(share: float | None, whole: float | None) -> float | None:
    return None if share is None or whole is None else share * whole


RUNGS = MappingProxyType(
    {
        "ebitdar": _Rung(
            "EBITDAR under the offer",
            "Result before rent and depreciation in the accounts",
            lambda one: one.ebitdar_before,
            lambda one: one.ebitdar_after,
            "Result before rent and depreciation under the offer",
        ),
        "ebitda": _Rung(
            "EBITDA under the offer",
            "Result after rent, before depreciation, in the accounts",
            lambda one: one.ebitda_before,
            lambda one: one.ebitda_after,
            "Result after rent, before depreciation, under the offer",
        ),
        "pretax": _Rung(
            "Profit before tax under the offer",
            "Profit before tax in the accounts",
            lambda one: one.pretax_before,
            lambda one: one.pretax_after,
            "Profit before tax under the offer",
        ),
        "roce": _Rung(
            "Return on capital employed under the offer",
            "Operating result in the accounts",
            lambda one: one.result_before,
            lambda one: one.result_after,
            "Operating result under the offer",
            whole=lambda one: one.capital,
            whole_label="Capital employed",
        ),
        "adjusted": _Rung(
            "Adjusted operating margin under the offer",
            "Operating result in the accounts",
            lambda one: one.result_before,
            lambda one: _times(one.adjusted_after, one.revenue_after),
            "Operating result under the offer, connected parties added back",
            added="Rent and charges of connected parties, added back",
        ),
        "leakage": _Rung(
            "Leakage under the offer",
            "Operating result in the accounts",
            lambda one: one.result_before,
            lambda one: _times(one.leakage_after, one.revenue_after),
            "Profit before tax, rent, directors’ pay and net interest under the offer",
            added="Rent and directors’ pay, added back",
        ),
        "owners": _Rung(
            "What goes to owners, of income under the offer",
            "Dividends, and rent, charges and interest to connected parties, in the accounts",
            lambda one: one.returned_before,
            lambda one: one.returned_after,
            "What goes to owners",
            moves=False,
        ),
        "fee": _Rung(
            "Rise in fees under the offer’s rule",
            "Rise in labour cost under the offer, with on-costs",
            lambda one: one.labour_rise,
            lambda one: _plus(one.revenue_after, _negative(one.revenue_before)),
            "Rise in income",
            whole=lambda one: one.revenue_before,
            whole_label="Income in the accounts",
            moves=False,
            added="Change in the operating result",
        ),
        "payroll": _Rung(
            "Labour cost of the staff data over labour in the accounts",
            "Labour cost of the staff data",
            lambda one: _times(one.reconciliation, one.labour),
            lambda one: _times(one.reconciliation, one.labour),
            "Labour cost of the staff data, with on-costs",
            whole=lambda one: one.labour,
            whole_label="Labour in the accounts",
            moves=False,
        ),
    }
)


def _negative(value: float | None) -> float | None:
    return None if value is None else -value


def ladder_figures(appraisal: Appraisal) -> tuple[str, ...]:
    """Every column that is known, of every employer of ten staff or more."""
    return tuple(
        f"{key}:{one.name}"
        for one in appraisal.margins
        if people_of(appraisal, one.name) >= SMALLEST_GROUP
        for key, rung in RUNGS.items()
        if _value(rung, one) is not None
    )


def explain_ladder(sector: Sector, appraisal: Appraisal, figure: str) -> Explanation | None:
    """One column of one employer; None where there is no such column or employer.

    Raises UnusableInput for an employer of fewer than ten staff.
    """
    key, _, name = figure.partition(":")
    rung = RUNGS.get(key)
    found = next((one for one in appraisal.margins if one.name == name), None)
    if rung is None or found is None:
        return None
    refuse_few(appraisal, name)
    inputs = inputs_of_margin(sector, appraisal, name)
    label = f"{rung.label}, {name}"
    before, after, whole, value = (
        rung.before(found),
        rung.after(found),
        rung.whole(found),
        _value(rung, found),
    )
    if value is None or before is None or after is None or whole is None:
        sentence = f"{label}: not known, since the accounts lack what it is worked out from."
        return Explanation(figure, label, None, "share", sentence, (), inputs)
    parts: list[Part] = [(rung.start, before)]
    if rung.moves:
        fees = (found.revenue_after or 0.0) - (found.revenue_before or 0.0)
        parts += [("Rise in income under the rule for fees", fees)] if fees else []
        parts.append(("Rise in labour cost under the offer, with on-costs", -found.labour_rise))
    if rung.added:
        rest = after - sum(amount for _words, amount in parts if amount is not None)
        parts.append((rung.added, rest))
    lines = (
        *adding([("", parts)], rung.total),
        shown_line(rung.whole_label, whole, "£"),
        shown_line(label, value, "share"),
    )
    said = (
        f"{label} is {in_words(value, 'share')}: {in_pounds(after)} over {in_pounds(whole)} "
        f"({rung.whole_label[:1].lower()}{rung.whole_label[1:]})."
    )
    return Explanation(figure, label, value, "share", said, lines, inputs)


def _value(rung: _Rung, one: EmployerMargins) -> float | None:
    before, after, whole = rung.before(one), rung.after(one), rung.whole(one)
    return None if before is None or after is None or not whole else after / whole
