"""In plain words: whom something in an offer reaches."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bargain.offers.phrases import Phrases
from models.offer import Scope


def scope_words(scope: Scope, p: Phrases) -> str:
    """Whom a rule reaches, as a phrase that starts with a space."""
    parts = []
    if scope.points:
        points, many = points_words(scope.points.split(","), p)
        parts.append(p.say(f"scope.point{'s' * many}", points=points))
    named = {
        "grades": scope.grades,
        "employers": scope.employers,
        "ownership": scope.ownership,
        "regions": scope.regions,
        "settings": scope.settings,
    }
    parts += [p.say(f"scope.{kind}", names=p.names(names)) for kind, names in named.items() if names]
    limits = [
        p.say(f"scope.{key}", pay=p.pounds(limit))
        for key, limit in (("pay_above", scope.pay_above_micros), ("pay_up_to", scope.pay_up_to_micros))
        if limit is not None
    ]
    whom = "".join(parts) or p.say("scope.everyone")
    return f"{whom} {p.listed(limits)}" if limits else whom


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
