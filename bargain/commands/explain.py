"""bargain explain: where one figure of an offer comes from."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from bargain.appraisal import appraise
from bargain.commands.options import add_json, add_offer, add_sector, offer_of, sector_of, targets_of
from bargain.commands.order_free import add_order_free, order_free_json, order_free_text, worked_out
from bargain.commands.shapes import money
from bargain.commands.show import heads, pounds, print_json, table
from bargain.explain import every_figure
from bargain.explain_since import explain_with_changes
from bargain.explain_words import in_words
from bargain.plain_cells import as_plain
from models.assumptions import YES_OR_NO
from models.explanation import ExplainedInput, ExplainedLine, Explanation, LineKind
from models.issues import UnusableInput
from models.offer import Offer
from models.sector import Sector
from models.waterfall import OrderFree


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --offer OFFER --figure ID, or --list."""
    add_sector(parser)
    add_offer(parser)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--figure",
        metavar="ID",
        help="cost_full_year, cost_in_year, paybill_growth, p90_p10, any measure, or a part such as "
        "“element:floor”, “employer:NAME”, “margin:NAME”, “grade:NAME”, “step:DATE”, “year:DATE”, or a column of one, such as "
        "“cost_in_year/employer:NAME” or “p50/grade:NAME”, or “target:NAME”",
    )
    parser.add_argument(
        "--targets",
        metavar="TARGETS",
        help="the targets of “target:NAME”, instead of those in the sector file",
    )
    add_order_free(parser)
    which.add_argument("--list", action="store_true", help="name every figure that can be explained")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the explanation."""
    sector = sector_of(options)
    if options.targets is not None:
        sector = replace(sector, target_sets=(targets_of(options.targets, sector),))
    appraisal = appraise(sector, offer_of(options.offer, sector))
    if options.list:
        named = every_figure(sector, appraisal)
        if options.json:
            print_json({"figures": list(named)})
        else:
            print("\n".join(named))
        return 0
    found = explain_with_changes(sector, appraisal, options.figure)
    average = _average(sector, appraisal.offer, options) if options.order_free else None
    if options.json:
        print_json({**explanation_json(found), "order_free": order_free_json(average)})
    else:
        parts = [explanation_text(found)]
        if average is not None:
            parts.append(order_free_text(average, appraisal.offer.name))
        print("\n\n".join(parts))
    return 0


def _average(sector: Sector, offer: Offer, options: argparse.Namespace) -> OrderFree:
    if options.figure != "cost_full_year":
        raise UnusableInput(
            "--order-free takes the full-year cost apart; ask for --figure cost_full_year with it."
        )
    return worked_out(sector, offer, quiet=options.json)


def explanation_json(found: Explanation) -> dict[str, Any]:
    """Money to the penny beside the whole pounds that add up; shares and ratios as they are."""
    return {
        "figure": found.figure,
        "label": found.label,
        "value": money(found.value) if found.unit == "£" else found.value,
        "unit": found.unit,
        "sentence": found.sentence,
        "steps": [
            {
                "label": one.label,
                "kind": str(one.kind),
                "amount": money(one.amount) if one.unit == "£" else one.amount,
                "shown": one.shown,
                "unit": one.unit,
            }
            for one in found.lines
        ],
        "inputs": [
            {
                "label": one.label,
                "value": one.value,
                "unit": one.unit,
                "source": one.source or None,
                "dated": one.dated.isoformat() if one.dated else None,
                "agreed": one.agreed,
                "note": one.note or None,
            }
            for one in found.inputs
        ],
        "contributors_by": found.contributors_by or None,
        "contributors": [
            {"name": one.name, "heads": round(one.heads, 6), "amount": money(one.amount), "shown": one.shown}
            for one in found.contributors
        ],
        "since_tabled": None
        if found.since is None
        else {
            "offer": found.since.offer,
            "value": money(found.since.value) if found.unit == "£" else found.since.value,
            "changes": [
                {"label": one.label, "kind": str(one.kind), "amount": one.amount, "shown": one.shown}
                for one in found.since.lines
            ],
        },
    }


def explanation_text(found: Explanation) -> str:
    """The explanation as plain text, for the terminal and the clipboard."""
    parts = [found.sentence, table(["Steps", ""], [[_label(one), _amount(one)] for one in found.lines])]
    if found.contributors:
        rows = [[as_plain(one.name), heads(one.heads), pounds(one.shown)] for one in found.contributors]
        parts.append(table([f"Biggest, by {found.contributors_by}", "staff", "£"], rows))
    if found.since is not None:
        was = "not known" if found.since.value is None else in_words(found.since.value, found.unit)
        changed = [[_label(one), _amount(one)] for one in found.since.lines]
        parts.append(table([f"Since “{found.since.offer}” was tabled", was], changed))
    rows = [[one.label, *_value(one), one.source, _standing(one)] for one in found.inputs]
    parts.append(table(["Input", "value", "from", "source", "standing"], rows, left=5))
    return "\n\n".join(parts)


def _label(one: ExplainedLine) -> str:
    return {LineKind.PART: "  ", LineKind.SUBTOTAL: "→ ", LineKind.TOTAL: "→ "}.get(one.kind, "") + one.label


def _amount(one: ExplainedLine) -> str:
    if one.shown is None:
        return "not known"
    return in_words(one.shown, one.unit)


def _value(one: ExplainedInput) -> tuple[str, str]:
    day = one.dated.isoformat() if one.dated else ""
    if one.value is None:
        return "not known", day
    if one.unit == YES_OR_NO:
        return ("yes" if one.value else "no"), day
    return (one.value if isinstance(one.value, str) else f"{one.value:,g} {one.unit}"), day


def _standing(one: ExplainedInput) -> str:
    agreed = {True: "agreed", False: "not agreed", None: ""}[one.agreed]
    return ", ".join(part for part in ("DISPUTED" if one.disputed else agreed, one.note) if part)
