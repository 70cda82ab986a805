"""In plain words: whom something in an offer reaches."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bargain.offers.phrases import Phrases
from models.offer import Scope


def scope_words(scope: Scope, p: Phrases, *, in_all: bool = False) -> str:
    """Whom a rule reaches, as a phrase that starts with a space. in_all: its limits look at pay before the deal."""
    then = "_then" if in_all else ""
    points = ""
    if scope.points:
        listed, many = points_words(scope.points.split(","), p)
        points = p.say(f"scope.point{'s' * many}", points=listed)
    named = {
        "grades": scope.grades,
        "employers": scope.employers,
        "ownership": scope.ownership,
        "regions": scope.regions,
        "settings": scope.settings,
    }
    whom = "".join(p.say(f"scope.{kind}", names=p.any_of(names)) for kind, names in named.items() if names)
    limits = [
        p.say(f"scope.{key}{then}", pay=p.pounds(limit))
        for key, limit in (("pay_above", scope.pay_above_micros), ("pay_up_to", scope.pay_up_to_micros))
        if limit is not None
    ]
    if limits:
        whom = f"{whom} {p.listed(limits)}"
    if whom:
        everyone = not points and whom.startswith(f" {limits[0]}") if limits else False
        return points + (p.say("scope.everyone") if everyone else p.say("scope.staff")) + whom
    return points or p.say("scope.everyone")


def points_words(items: Sequence[str], p: Phrases) -> tuple[str, bool]:
    """Points as the offer names them, ``2-43`` as ``2 to 43``, and whether there are several."""
    spans = [re.fullmatch(r"([0-9]+)[-–]([0-9]+)", item.strip()) for item in items]
    written = [
        p.say("number.range", first=span[1], last=span[2]) if span else _point(item.strip(), p)
        for item, span in zip(items, spans, strict=True)
    ]
    return p.listed(written), len(written) > 1 or any(spans)


def _point(name: str, p: Phrases) -> str:
    return name if re.fullmatch(r"[0-9]+", name) else p.quoted(name)
