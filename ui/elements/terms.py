"""The form for terms: every one with what it is now, and the law's least beside those for which it has one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from models.offer import Offer, Settlement
from models.terms import TermCheck, Terms
from ui import formats
from ui.elements.field_form import FieldFault, StepForm, Values
from ui.elements.fields import ChoiceField, Fault, TextField, number, percent, pounds, tr
from ui.elements.listing import Kind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from models.sector import Sector

UNSOCIAL = "unsocial_ppm"
OTHER_NAME, OTHER_PREMIUM = "unsocial:name", "unsocial:premium"
KINDS = ("night", "evening", "saturday", "sunday", "bank_holiday")
MOST_PAYMENT, MOST_PREMIUM = 1_000, 300  # £ a night or a duty; per cent
OF_CHECK = {
    "annual leave": "annual_leave_days",
    "employer pension": "employer_pension_ppm",
    "sick pay": "sick_pay_full_weeks",
    "maternity pay": "maternity_full_weeks",
    "sleep-ins": "sleep_in_micros",
    "waking nights": "waking_night_micros",
}


def term_fields(*, none: str) -> list[tuple[str, str, Callable[[], QWidget]]]:
    """Every term but the unsocial hours: its key, its label, its field. none: what an empty choice means."""
    truth = [(none, None), (tr("paid as working time"), True), (tr("not paid"), False)]
    return [
        ("weekly_hours", tr("Full-time week, hours"), lambda: number(1, 60)),
        ("annual_leave_days", tr("Annual leave, days a year"), lambda: number(0, 100)),
        ("sick_pay_full_weeks", tr("Full sick pay, weeks"), lambda: number(0, 104)),
        ("employer_pension_ppm", tr("Employer pension, %"), percent),
        ("sleep_in_micros", tr("Sleep-in, £"), lambda: pounds(MOST_PAYMENT)),
        ("waking_night_micros", tr("Waking night, £ beside pay"), lambda: pounds(MOST_PAYMENT)),
        ("on_call_micros", tr("On-call duty, £"), lambda: pounds(MOST_PAYMENT)),
        ("overtime_ppm", tr("Overtime premium, %"), lambda: percent(most=MOST_PREMIUM)),
        ("paid_training_hours", tr("Paid training, hours a year"), lambda: number(0, 2000)),
        ("paid_supervision_hours", tr("Supervision, hours a year"), lambda: number(0, 2000)),
        ("maternity_full_weeks", tr("Full maternity pay, weeks"), lambda: number(0, 52)),
        ("family_leave_days", tr("Paid family leave, days"), lambda: number(0, 260)),
        ("paid_travel_time", tr("Travel time"), lambda: ChoiceField(truth)),
        (
            "zero_hours",
            tr("Zero-hours contracts"),
            lambda: ChoiceField([(none, None), (tr("converted to guaranteed hours"), "guaranteed")]),
        ),
    ]


def unsocial_words(kind: str) -> str:
    """What a kind of unsocial hour is called."""
    known = {
        "night": tr("Nights"),
        "evening": tr("Evenings"),
        "saturday": tr("Saturdays"),
        "sunday": tr("Sundays"),
        "bank_holiday": tr("Bank holidays"),
    }
    return known.get(kind, kind)


class TermsForm(StepForm):
    """All terms. ``today``: the form is for the terms as they are, not for what an offer makes of them."""

    def __init__(
        self, sector: Sector, *, day: date | None = None, today: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(Kind.TERMS, parent)
        self._day, self._today = day, today
        none = self.tr("not known") if today else self.tr("as now")
        self._now = {} if today else now_words(sector.terms)
        for key, label, field in term_fields(none=none):
            self.add(key, label, field(), note=self._note(key))
        self.section("unsocial", self.tr("Unsocial hours, premium in %"), is_open=True)
        held = [kind for kind, _ in sector.terms.unsocial_ppm if kind not in KINDS]
        self._kinds = (*KINDS, *held)
        for kind in self._kinds:
            key = f"{UNSOCIAL}:{kind}"
            self.add(key, unsocial_words(kind), percent(most=MOST_PREMIUM), note=self._note(key))
        self.add(OTHER_NAME, self.tr("Another kind of hour"), TextField())
        self.add(OTHER_PREMIUM, self.tr("its premium, %"), percent(most=MOST_PREMIUM))
        self.finish()

    def _note(self, key: str) -> str:
        now = self._now.get(key, "")
        return self.tr("now {value}").format(value=now) if now else ""

    def values_of_step(self, step: Settlement) -> Values:
        """As the step has them; a kind of hour that has no row of its own stands in the last."""
        terms, premiums = step.terms, dict(step.terms.unsocial_ppm)
        values: Values = {key: getattr(terms, key) for key, _, _ in term_fields(none="")}
        values |= {f"{UNSOCIAL}:{kind}": premiums.get(kind) for kind in self._kinds}
        others = [kind for kind in premiums if kind not in self._kinds]
        values[OTHER_NAME] = others[0] if others else ""
        values[OTHER_PREMIUM] = premiums[others[0]] if others else None
        self._more = tuple((kind, premiums[kind]) for kind in others[1:])
        self._order = tuple(premiums)
        return values

    _more: tuple[tuple[str, int], ...] = ()
    _order: tuple[str, ...] = ()

    def terms_of(self, values: Values) -> Terms:
        """The terms that the fields say. Raises Fault where half of a line is missing."""
        name, premium = values[OTHER_NAME], values[OTHER_PREMIUM]
        if bool(name) != (premium is not None):
            at = OTHER_PREMIUM if name else OTHER_NAME
            raise FieldFault(at, self.tr("A kind of hour needs its name and its premium."))
        if name in self._kinds:
            raise FieldFault(OTHER_NAME, self.tr("That kind has a line of its own above."))
        given = {kind: values[f"{UNSOCIAL}:{kind}"] for kind in self._kinds}
        given |= ({name: premium} if name else {}) | dict(self._more)
        kinds = [kind for kind in self._order if kind in given] + [k for k in given if k not in self._order]
        plain = {key: values[key] for key, _, _ in term_fields(none="")}
        return Terms(
            **plain, unsocial_ppm=tuple((kind, given[kind]) for kind in kinds if given[kind] is not None)
        )

    def changed_step(self, values: Values, step: Settlement) -> Settlement:
        """With these terms in the place of those that it had."""
        terms = self.terms_of(values)
        self.show_law(checks_on(terms, self._day or step.effective))
        if terms == Terms() and not self._today:
            raise Fault(self.tr("Give the terms that change; an empty field stays as it is now."))
        return replace(step, terms=terms)

    def show_law(self, checks: Iterable[TermCheck]) -> None:
        """Under each term what the law says of it; under the others what it is now."""
        said = {OF_CHECK[one.element]: law_words(one) for one in checks if one.element in OF_CHECK}
        for key in OF_CHECK.values():
            self.note(key, " · ".join(part for part in (self._note(key), said.get(key, "")) if part))


def checks_on(terms: Terms, day: date) -> tuple[TermCheck, ...]:
    """Terms against the law of a day; none where the law of that day is not known."""
    from bargain.costing.terms_law import checks_of
    from models.issues import UnusableInput

    try:
        return checks_of(Offer("", settlements=(Settlement(day, terms=terms),)))
    except UnusableInput:
        return ()


def law_words(check: TermCheck) -> str:
    """``✓ the law asks for 28 days a year``; without a figure, what the law says."""
    if check.least is None:
        return check.law
    least = (
        formats.percent(check.least, 1)
        if check.unit == "share"
        else f"{formats.number(check.least, 1).removesuffix('.0')} {check.unit}"
    )
    met, below = tr("✓ the law asks for {least}"), tr("✗ below the law: {least}")
    return (met if check.met else below).format(least=least)


def now_words(terms: Terms) -> dict[str, Any]:
    """Today's terms in words, by the key of their field."""
    words = {
        key: formats.number(value, 2).rstrip("0").rstrip(".")
        for key in (
            "weekly_hours",
            "annual_leave_days",
            "sick_pay_full_weeks",
            "paid_training_hours",
            "paid_supervision_hours",
            "maternity_full_weeks",
            "family_leave_days",
        )
        if (value := getattr(terms, key)) is not None
    }
    words |= {
        key: formats.micros(value)
        for key in ("sleep_in_micros", "waking_night_micros", "on_call_micros")
        if (value := getattr(terms, key)) is not None
    }
    words |= {
        key: formats.ppm(value)
        for key in ("employer_pension_ppm", "overtime_ppm")
        if (value := getattr(terms, key)) is not None
    }
    words |= {f"{UNSOCIAL}:{kind}": formats.ppm(premium) for kind, premium in terms.unsocial_ppm}
    if terms.paid_travel_time is not None:
        words["paid_travel_time"] = tr("paid as working time") if terms.paid_travel_time else tr("not paid")
    if terms.zero_hours is not None:
        words["zero_hours"] = terms.zero_hours
    return words
