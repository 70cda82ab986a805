"""The average over all orders of a cost by element, as commands print it."""

from __future__ import annotations

import argparse
from typing import Any

from bargain.commands.shapes import money
from bargain.commands.show import table
from bargain.progress import drive_with_bar
from bargain.waterfall import in_words, order_free_steps
from models.offer import Offer
from models.sector import Sector
from models.waterfall import OrderFree


def add_order_free(parser: argparse.ArgumentParser) -> None:
    """--order-free."""
    parser.add_argument(
        "--order-free",
        action="store_true",
        help="also: what each element costs on average over every order of the elements",
    )


def worked_out(sector: Sector, offer: Offer, *, quiet: bool) -> OrderFree:
    """The average, with a progress bar on a terminal."""
    return drive_with_bar("Pricing every set of elements", order_free_steps(sector, offer), quiet=quiet)


def order_free_json(found: OrderFree | None) -> dict[str, Any] | None:
    """Money to the penny, parts that sum to the total; null where it was not asked for."""
    if found is None:
        return None
    return {
        "total": round(float(found.total), 2),
        "orders": found.orders,
        "elements": [
            {
                "element": one.element,
                "order_free": one.shown,
                "in_this_order": money(one.ordered),
                "why_not_known": one.why or None,
            }
            for one in found.parts
        ],
    }


def order_free_text(found: OrderFree, name: str) -> str:
    """A table of both, and what the average is."""
    rows = [[one.element, _pounds(one.ordered), _pounds(one.shown)] for one in found.parts]
    total = float(found.total)
    rows.append(["full-year cost", _pounds(total), _pounds(total)])
    return f"{table([name, 'in this order', 'whatever the order'], rows)}\n\n{in_words(found)}"


def _pounds(amount: float | None) -> str:
    return "not known" if amount is None else f"£{amount:,.2f}" if amount >= 0 else f"-£{-amount:,.2f}"
