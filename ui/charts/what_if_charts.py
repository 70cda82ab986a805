"""Charts of the larger what-ifs: three regimes, years in-house, an agency's hour, gains from leaving, kinds of owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui import formats
from ui.charts.model import Bar, BarChart, Ink, LineChart, Number, Series
from ui.hidden import hidden_words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bargain.in_house import Basis, InHouse
    from bargain.owners import OwnerFigures
    from bargain.what_if import AgencyAnswer, Regimes
    from models.choices import Leaving
    from models.conversion import Conversion

_NUMBERS = {"share": Number.PERCENT, "£": Number.POUNDS, "£/h": Number.HOURLY}


def tr(text: str) -> str:
    """A text of the charts in the person's language."""
    return QCoreApplication.translate("", text)  # where lupdate files a bare tr()


def margin_chart(found: Regimes) -> LineChart:
    """Operating margin of the three as pay bears more of the co-operative's cut: where their order turns shows."""
    return _over_share(
        found,
        tr("Operating margin, by who bears the co-operative's cut"),
        tr("Operating margin"),
        (found.spot.margin, found.margins, found.partnership.margin),
    )


def pay_chart(found: Regimes) -> LineChart:
    """Change in labour cost of the three as pay bears more of the co-operative's cut."""
    return _over_share(
        found,
        tr("Change in labour cost, by who bears the co-operative's cut"),
        tr("Change in labour cost"),
        (found.spot.pay_change, found.pay, found.partnership.pay_change),
    )


def _over_share(
    found: Regimes, title: str, y_label: str, of: tuple[float, Sequence[float], float]
) -> LineChart:
    spot, cooperative, partnership = of
    xs = tuple(share * 100 for share in found.shares or (0.0, 1.0))
    flat = len(xs)
    series = [
        Series(tr("spot purchase"), xs, (spot,) * flat, Ink.NOW),
        Series(tr("social partnership"), xs, (partnership,) * flat, Ink.OTHER),
    ]
    lacks = ""
    if found.shares:
        series.append(Series(tr("Regional Care Co-operative"), xs, tuple(cooperative), Ink.OFFER))
    else:
        lacks = tr("The co-operative is not known: enter what it takes off fees.")
        title = tr("{title} – co-operative not known").format(title=title)
    return LineChart(
        title,
        tr("Share of the cut that pay bears, %"),
        y_label,
        Number.PERCENT,
        tuple(series),
        x_suffix="%",
        note=lacks,
    )


def owners_chart(
    found: Sequence[OwnerFigures], measure: str, *, names: Sequence[str], hidden: Sequence[bool]
) -> BarChart:
    """One measure by kind of owner under the offer, with today's as a mark; small groups are hidden."""
    from bargain.measures.catalogue import MEASURES

    info = MEASURES[measure]
    bars = []
    for one, name, is_hidden in zip(found, names, hidden, strict=True):
        counted = one.behind(measure)
        text = tr("{kind} ({n} of {all} {unit})") if counted.left_out else tr("{kind} ({n} {unit})")
        label = text.format(
            kind=name, n=formats.number(counted.n), all=formats.number(counted.of), unit=counted.unit
        )
        value = one.after.get(measure)
        if is_hidden:
            bars.append(Bar(name, None, note=hidden_words()))
        elif value is None:
            bars.append(Bar(label, None, note=tr("not in the data")))
        else:
            bars.append(Bar(label, value, mark=one.before.get(measure) if info.timed else None))
    return BarChart(
        tr("{measure} by kind of owner").format(measure=info.label),
        tr("under the offer"),
        _NUMBERS.get(info.unit, Number.PLAIN),
        tuple(bars),
        tr("not shown"),
        mark_name=tr("now") if info.timed else "",
    )


def agency_chart(one: AgencyAnswer) -> BarChart:
    """An hour of agency work: pay, on-cost and skim one after another up to the charge, and an hour of own staff."""
    line, found = one.line, one.found
    skim = None if found is None else found.skim
    bars = [
        Bar(tr("Worker's pay"), line.pay, note=tr("not entered")),
        Bar(tr("On-cost"), line.on_cost, base=line.pay or 0.0, note=tr("not entered")),
        Bar(
            tr("Skim"), skim, base=(line.pay or 0.0) + (line.on_cost or 0.0), note=tr("something is missing")
        ),
        Bar(tr("The agency's charge"), line.charge, ink=Ink.TOTAL, note=tr("not entered")),
    ]
    own = line.direct_cost
    if own is None and line.pay is not None and line.on_cost is not None:
        own = line.pay + line.on_cost
    bars.append(Bar(tr("An hour of own staff"), own, ink=Ink.NOW, note=tr("not entered")))
    named = ", ".join(part for part in (line.work, line.buyer) if part)
    return BarChart(
        tr("An hour of agency work: {name}").format(name=named) if named else tr("An hour of agency work"),
        tr("£ an hour, without VAT"),
        Number.HOURLY,
        tuple(bars),
        tr("not known"),
        note=tr("As entered under Agency; no staff data are counted."),
    )


def leaving_chart(leaving: Sequence[Leaving], hidden: Collection[str] = ()) -> BarChart:
    """What each employer gains by leaving, largest first, with what its constraints cost it as a mark.

    hidden: employers of so few staff that the pay rise avoided would tell what somebody is paid.
    """
    told = [one for one in leaving if one.gain is not None and one.name not in hidden]
    known = sorted(told, key=lambda one: -(one.gain or 0.0))
    bars = [Bar(one.name, one.gain, mark=one.constraints) for one in known]
    bars += [
        Bar(one.name, None, note=tr("no accounts") if one.gain is None else hidden_words())
        for one in leaving
        if one not in told
    ]
    return BarChart(
        tr("Gain from leaving, by employer"),
        tr("£ a year: pay rise avoided less fee rise lost"),
        Number.POUNDS,
        tuple(bars),
        tr("not known"),
        mark_name=tr("what holds it"),
    )


def in_house_chart(found: InHouse, words: Mapping[Basis, str]) -> LineChart:
    """What bringing employers in-house is worth after each year, on every basis of compensation that is known."""
    inks = (Ink.OFFER, Ink.OTHER, Ink.NOW, Ink.TOTAL)
    known = [way for way in found.ways if way.path]
    series = tuple(
        Series(words[way.basis], tuple(float(year) for year in range(len(way.path))), way.path, ink)
        for way, ink in zip(known, inks, strict=False)
    )
    return LineChart(
        tr("Worth of bringing care in-house, year by year"),
        tr("Years after compensation is paid"),
        tr("£, present value so far"),
        Number.POUNDS,
        series,
    )


def insecure_chart(found: Conversion, names: Sequence[str], *, hidden: Sequence[bool]) -> BarChart:
    """What the filled hours of each kind of insecure work cost as direct work, with what they cost as they are.

    hidden: kinds of so few people that their hours and cost are not in a picture.
    """
    bars = []
    for one, name, is_hidden in zip(found.by_kind, names, hidden, strict=True):
        if is_hidden:
            bars.append(Bar(name, None, note=hidden_words()))
            continue
        label = tr("{kind} ({hours} hours)").format(kind=name, hours=formats.number(one.hours))
        bars.append(
            Bar(label, one.direct_cost, mark=one.no_longer_paid, note=tr("no direct work to compare"))
        )
    return BarChart(
        tr("Insecure hours as direct work"),
        tr("£ a year for the hours that are filled, under the offer"),
        Number.POUNDS,
        tuple(bars),
        tr("not known"),
        mark_name=tr("as they are"),
    )
