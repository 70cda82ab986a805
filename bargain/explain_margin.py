"""Explain an employer's operating margin: from the result in its accounts, by fees and pay, to the one under the offer."""

from __future__ import annotations

from bargain.appraisal import latest_accounts
from bargain.explain_inputs import inputs_of
from bargain.explain_lines import Part, adding, shown_line
from bargain.explain_words import in_pounds, in_words
from bargain.small_groups import SMALLEST_GROUP, is_small
from models.appraisal import Appraisal
from models.explanation import ExplainedInput, Explanation
from models.issues import UnusableInput
from models.sector import Sector
from models.units import MICROS_PER_POUND

KIND = "margin"


def margin_figures(appraisal: Appraisal) -> tuple[str, ...]:
    """The margin of every employer that has accounts and ten staff or more."""
    return tuple(
        f"{KIND}:{one.name}"
        for one in appraisal.margins
        if one.margin_after is not None and people_of(appraisal, one.name) >= SMALLEST_GROUP
    )


def explain_margin(sector: Sector, appraisal: Appraisal, name: str) -> Explanation | None:
    """The margin of one employer; None where there is no such employer.

    Raises UnusableInput for one of fewer than ten staff: the rise in its labour cost would tell one person's pay.
    """
    found = next((one for one in appraisal.margins if one.name == name), None)
    if found is None:
        return None
    refuse_few(appraisal, name)
    label = f"Operating margin, {name}"
    if found.result_before is None or found.revenue_before is None or found.revenue_after is None:
        sentence = f"The operating margin of {name} is not known: its accounts lack income or costs."
        return Explanation(
            f"{KIND}:{name}", label, None, "share", sentence, (), inputs_of_margin(sector, appraisal, name)
        )
    fees = found.revenue_after - found.revenue_before
    parts: list[Part] = [("Operating result in the accounts", found.result_before)]
    if fees:
        parts.append(("Rise in income under the rule for fees", fees))
    parts.append(("Rise in labour cost under the offer, with on-costs", -found.labour_rise))
    lines = (
        *adding([("", parts)], "Operating result under the offer"),
        shown_line("Income under the offer", found.revenue_after, "£"),
        shown_line("Operating margin today", found.margin_before, "share"),
        shown_line(label, found.margin_after, "share"),
    )
    now, after = (
        "not known" if one is None else in_words(one, "share")
        for one in (found.margin_before, found.margin_after)
    )
    return Explanation(
        figure=f"{KIND}:{name}",
        label=label,
        value=found.margin_after,
        unit="share",
        sentence=f"The operating margin of {name} is {after} under the offer, {now} today: what is left of an income of "
        f"{in_pounds(found.revenue_after)} after labour and all other operating costs.",
        lines=lines,
        inputs=inputs_of_margin(sector, appraisal, name),
    )


def refuse_few(appraisal: Appraisal, name: str) -> None:
    """Raises UnusableInput for an employer of fewer than ten staff."""
    if is_small(people_of(appraisal, name)):
        raise UnusableInput(
            f"“{name}” has fewer than {SMALLEST_GROUP} staff; its margin would tell one person's pay. "
            "Ask for the whole sector, or a larger group."
        )


def people_of(appraisal: Appraisal, name: str) -> float:
    """The staff in the data of an employer."""
    return next((one.people for one in appraisal.cost.by_employer if one.name == name), 0.0)


def inputs_of_margin(sector: Sector, appraisal: Appraisal, name: str) -> tuple[ExplainedInput, ...]:
    """The income in the accounts with the end of their year, then what the rise in labour cost is worked out from."""
    books = latest_accounts(sector).get(name)
    income = (
        None if books is None or books.revenue_micros is None else books.revenue_micros / MICROS_PER_POUND
    )
    dated, source = (None, "") if books is None else (books.year_end, books.source)
    found = ExplainedInput("Income in the accounts", income, "£ a year", source=source, dated=dated)
    return (found, *inputs_of(sector, appraisal, on_costs=True))
