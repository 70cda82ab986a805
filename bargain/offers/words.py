"""An offer in plain words: sentences that say exactly what it does, no more and no less."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bargain.offers.phrases import ENGLISH, Phrases, number, phrases
from bargain.offers.words_scale import index_sentences, scale_sentences, taper_sentence
from bargain.offers.words_scope import points_words, scope_words
from models.offer import AppliesTo, Differential, FeeRule, Fees, Offer, PayRule, Settlement
from models.terms import Terms


def describe_offer(offer: Offer, *, language: str = ENGLISH) -> tuple[str, ...]:
    """Every step of the offer, what party made it, how it stands and when it ends."""
    p = phrases(language)
    state = p.say("offer.tabled" if offer.tabled else "offer.not_tabled")
    name = p.quoted(offer.name)
    if offer.by:
        sentences = [p.say("offer.made_by", name=name, by=p.quoted(offer.by), state=state)]
    else:
        sentences = [p.say("offer.made_by_nobody", name=name, state=state)]
    if not offer.settlements:
        sentences.append(p.say("offer.empty"))
    count = len(offer.settlements)
    for index, step in enumerate(offer.settlements, start=1):
        if count > 1:
            sentences.append(p.say("offer.step", number=index, count=count, date=p.day(step.effective)))
        sentences += describe_settlement(step, language=language)
        if offer.ends and step.paid_from and step.paid_from > offer.ends + timedelta(days=1):
            sentences.append(p.say("offer.paid_after", date=p.day(offer.ends)))
    sentences.append(p.say("offer.ends", date=p.day(offer.ends)) if offer.ends else p.say("offer.no_end"))
    return tuple(sentences)


def describe_settlement(settlement: Settlement, *, language: str = ENGLISH) -> tuple[str, ...]:
    """One dated step: pay, differentials, terms and fees."""
    return (
        *describe_pay(settlement, language=language),
        *(describe_differential(one, language=language) for one in settlement.differentials),
        *describe_order(settlement, language=language),
        *describe_terms(settlement.terms, language=language),
        *describe_fees(settlement.fees, language=language),
    )


def describe_pay(settlement: Settlement, *, language: str = ENGLISH) -> tuple[str, ...]:
    """What a step does to basic pay and allowances, from when, and when it is paid."""
    p = phrases(language)
    sentences: list[str] = []
    for rule in settlement.pay:
        sentences += describe_rule(rule, effective=settlement.effective, language=language)
    if not settlement.pay:
        sentences.append(p.say("settlement.no_rise", date=p.day(settlement.effective)))
    sentences += _reach(settlement, p)
    if settlement.floor_micros is not None:
        sentences.append(p.say("settlement.floor", rate=p.an_hour(settlement.floor_micros)))
    if settlement.floor_annual_micros is not None:
        sentences.append(p.say("settlement.floor_annual", cash=p.a_year(settlement.floor_annual_micros)))
    if settlement.delete_points:
        points, many = points_words(settlement.delete_points, p)
        sentences.append(p.say(f"settlement.delete_point{'s' * many}", points=points))
    if settlement.allowances_ppm is not None:
        key = "settlement.allowances" if settlement.allowances_ppm >= 0 else "settlement.allowances_change"
        sentences.append(p.say(key, percent=p.percent(settlement.allowances_ppm)))
    sentences += scale_sentences(settlement, p)
    if settlement.paid_from is not None:
        late = settlement.paid_from > settlement.effective
        sentences.append(
            p.say(
                "settlement.paid_late" if late else "settlement.paid_from",
                date=p.day(settlement.paid_from),
                effective=p.day(settlement.effective),
            )
        )
    return tuple(sentences)


def _reach(settlement: Settlement, p: Phrases) -> Iterator[str]:
    """Which rates move, and whether a higher minimum may be met out of pay above it."""
    own = any(one.applies_to is not None for one in settlement.pay)
    if settlement.applies_to is not AppliesTo.ACTUAL:
        yield p.say(f"settlement.{settlement.applies_to.value}{'_else' * own}")
    if own and settlement.moved is AppliesTo.BOTH:
        yield p.say("settlement.each_its_own")
    if settlement.absorb:
        felt = settlement.moved is AppliesTo.MINIMUM
        yield p.say("settlement.absorb" if felt else "settlement.absorb_not_felt")
    elif settlement.moved is AppliesTo.MINIMUM:
        yield p.say("settlement.no_absorb")


def describe_order(settlement: Settlement, *, language: str = ENGLISH) -> tuple[str, ...]:
    """The order of operations, where a step holds more than one; and whether pay may fall."""
    p = phrases(language)
    reshaped = bool(settlement.insert_points or settlement.spine or settlement.weightings)
    kinds = (
        bool(settlement.pay),
        settlement.floor_micros is not None or settlement.floor_annual_micros is not None,
        bool(settlement.delete_points),
        bool(settlement.differentials),
        reshaped,
    )
    said = []
    if sum(kinds) > 1:
        said.append(p.say("settlement.order_long" if reshaped else "settlement.order"))
        said += [p.say("settlement.favourable")] if settlement.favourability else []
    if not settlement.favourability:
        said.append(p.say("settlement.not_favourable"))
    return (" ".join(said),) if said else ()


def describe_rule(
    rule: PayRule, *, effective: date | None = None, language: str = ENGLISH
) -> tuple[str, ...]:
    """One pay rule: what rises, for whom, within which limits, and whether it is consolidated."""
    p = phrases(language)
    if rule.non_consolidated:
        verb = "once"
    elif rule.in_all:
        verb = "in_all"
    else:
        verb = "change" if min(rule.percent_ppm, rule.cash_micros) < 0 else "rise"
    key = f"rule.{verb}" if effective is None else f"rule.{verb}_dated"
    percent = p.of_year if rule.non_consolidated else p.percent
    cash = _cash_words(rule, p)
    least = (
        *_given(cash, rule.at_least_cash_micros),
        *_given(percent, rule.at_least_percent_ppm),
        *_given(p.an_hour, rule.at_least_hourly_micros),
    )
    most = (
        *_given(cash, rule.at_most_cash_micros),
        *_given(percent, rule.at_most_percent_ppm),
        *_given(p.an_hour, rule.at_most_hourly_micros),
    )
    group = "once" if rule.non_consolidated else "rule"
    sentence = p.say(
        "rule.sentence",
        opening=p.say(key) if effective is None else p.say(key, date=p.day(effective)),
        amount=_amount_of(rule, percent, cash, p),
        scope=scope_words(rule.scope, p, in_all=rule.in_all),
        least=_limit(f"{group}.least", least, p),
        most=_limit(f"{group}.most", most, p),
    )
    consolidated = p.say("rule.not_consolidated" if rule.non_consolidated else "rule.consolidated")
    return (sentence, *_more_of(rule, percent, cash, p), consolidated)


def _cash_words(rule: PayRule, p: Phrases) -> Callable[[int], str]:
    """How a rule's cash is written: once or a year, pro rata or for each person."""
    if rule.non_consolidated:
        return p.full_time if rule.pro_rata else p.each
    return p.a_year if rule.pro_rata else p.a_year_each


def _amount_of(rule: PayRule, percent: Callable[[int], str], cash: Callable[[int], str], p: Phrases) -> str:
    """What the rule gives, with its index on top."""
    if rule.index is None:
        return _rise(rule.percent_ppm, rule.cash_micros, percent, cash, p)
    index = p.say(f"index.{rule.index.index.name}")
    if not rule.percent_ppm and not rule.cash_micros:
        return p.say("rule.by_index", index=index)
    amount = _rise(rule.percent_ppm, rule.cash_micros, percent, cash, p)
    return p.say("rule.with_index", amount=amount, index=index)


def _more_of(
    rule: PayRule, percent: Callable[[int], str], cash: Callable[[int], str], p: Phrases
) -> Iterator[str]:
    """Sentences on what the first one has no room for."""
    if rule.in_all:
        yield p.say("rule.counts_in_all")
    if rule.index is not None:
        yield " ".join(index_sentences(rule.index, p))
    if rule.taper is not None:
        end = _rise(rule.taper.to_percent_ppm, rule.taper.to_cash_micros, percent, cash, p)
        yield taper_sentence(rule.taper, end, p)
    if _contradicts(rule):
        yield p.say("rule.most_counts")
    if rule.percent_of_first_micros is not None:
        yield p.say("rule.of_first", pay=p.pounds(rule.percent_of_first_micros))
    if not rule.pro_rata:
        yield p.say("rule.not_pro_rata")
    if rule.applies_to is not None:
        yield p.say(f"rule.in_{rule.applies_to.value}")


def _contradicts(rule: PayRule) -> bool:
    """Whether a limit at the top is below one at the bottom of the same kind."""
    pairs = (
        (rule.at_least_cash_micros, rule.at_most_cash_micros),
        (rule.at_least_percent_ppm, rule.at_most_percent_ppm),
        (rule.at_least_hourly_micros, rule.at_most_hourly_micros),
    )
    return any(least is not None and most is not None and most < least for least, most in pairs)


def _given(write: Callable[[int], str], amount: int | None) -> tuple[str, ...]:
    """The amount written out, or nothing where it is not given."""
    return () if amount is None else (write(amount),)


def _rise(
    ppm: int, micros: int, percent: Callable[[int], str], cash: Callable[[int], str], p: Phrases
) -> str:
    if ppm and micros:
        return p.say("rule.both", percent=percent(ppm), cash=cash(micros))
    return cash(micros) if micros else percent(ppm)


def _limit(key: str, amounts: tuple[str, ...], p: Phrases) -> str:
    if not amounts:
        return ""
    if len(amounts) == 1:
        return p.say(f"{key}_one", amount=amounts[0])
    return p.say(f"{key}_{'two' if len(amounts) == 2 else 'many'}", amounts=p.listed(amounts))


def describe_differential(one: Differential, *, language: str = ENGLISH) -> str:
    """How far one grade stands above another, and on which of its rates."""
    p = phrases(language)
    amounts = (
        *_given(p.percent, one.at_least_percent_ppm),
        *_given(p.an_hour, one.at_least_hourly_micros),
    )
    if not amounts:
        gap = p.say("differential.no_gap")
    elif len(amounts) == 1:
        gap = p.say("differential.gap", amount=amounts[0])
    else:
        gap = p.say("differential.gap_many", amounts=p.listed(amounts))
    return p.say(
        "differential.sentence",
        grade=p.quoted(one.grade),
        gap=gap,
        on=p.say(f"differential.{one.on.value}"),
        over=p.quoted(one.over),
        within=p.say(f"differential.{one.within.value}"),
    )


def describe_terms(terms: Terms, *, language: str = ENGLISH) -> tuple[str, ...]:
    """Each term that changes; nothing for one that does not."""
    p = phrases(language)
    values = describe_terms_values(terms, language=language)
    sentences = [p.say(f"terms.{key}", value=value) for key, value in values.items() if key in _COUNTED]
    if terms.unsocial_ppm:
        sentences.append(p.say("terms.unsocial", list=values["unsocial"]))
    if terms.paid_travel_time is not None:
        sentences.append(values["travel"])
    if terms.zero_hours is not None:
        sentences.append(values["zero_hours"])
    return tuple(sentences)


_COUNTED = (
    "weekly_hours",
    "annual_leave_days",
    "sick_pay_full_weeks",
    "employer_pension",
    "sleep_in",
    "paid_training_hours",
    "waking_night",
    "on_call",
    "overtime",
    "paid_supervision_hours",
    "maternity_full_weeks",
    "family_leave_days",
)


def describe_terms_values(terms: Terms, *, language: str = ENGLISH) -> dict[str, str]:
    """The value of each term that is given, by its key in the wording, for tables of old and new."""
    p = phrases(language)
    values: dict[str, str | None] = {
        "weekly_hours": _number(terms.weekly_hours),
        "annual_leave_days": _number(terms.annual_leave_days),
        "sick_pay_full_weeks": _number(terms.sick_pay_full_weeks),
        "employer_pension": None,
        "sleep_in": None,
        "paid_training_hours": _number(terms.paid_training_hours),
        "unsocial": None,
        "travel": None,
        "zero_hours": None,
        "waking_night": None if terms.waking_night_micros is None else p.rate(terms.waking_night_micros),
        "on_call": None if terms.on_call_micros is None else p.rate(terms.on_call_micros),
        "overtime": None if terms.overtime_ppm is None else p.percent(terms.overtime_ppm),
        "paid_supervision_hours": _number(terms.paid_supervision_hours),
        "maternity_full_weeks": _number(terms.maternity_full_weeks),
        "family_leave_days": _number(terms.family_leave_days),
    }
    if terms.employer_pension_ppm is not None:
        values["employer_pension"] = p.percent(terms.employer_pension_ppm)
    if terms.sleep_in_micros is not None:
        values["sleep_in"] = p.rate(terms.sleep_in_micros)
    if terms.unsocial_ppm:
        values["unsocial"] = p.listed(
            p.say("terms.unsocial_one", percent=p.percent(premium), kind=_kind(kind, p))
            for kind, premium in terms.unsocial_ppm
        )
    if terms.paid_travel_time is not None:
        values["travel"] = p.say("terms.travel_paid" if terms.paid_travel_time else "terms.travel_unpaid")
    if terms.zero_hours is not None:
        guaranteed = terms.zero_hours == "guaranteed"
        values["zero_hours"] = (
            p.say("terms.guaranteed")
            if guaranteed
            else p.say("terms.zero_hours", value=p.quoted(terms.zero_hours))
        )
    return {key: value for key, value in values.items() if value is not None}


def _number(value: float | None) -> str | None:
    return None if value is None else number(value)


def _kind(kind: str, p: Phrases) -> str:
    """A kind of unsocial hour: a known one by its name, any other as the file writes it."""
    return p.texts.get(f"unsocial.{kind}") or p.quoted(kind)


def describe_fees(fees: Fees, *, language: str = ENGLISH) -> tuple[str, ...]:
    """The rule for fees and the limit on margins; nothing where the step says nothing of either."""
    p = phrases(language)
    sentences: list[str] = []
    if fees.rule is not FeeRule.FIXED:
        sentences.append(p.say(f"fees.{fees.rule.value}"))
    if fees.uplift_ppm is not None:
        if fees.rule is FeeRule.FIXED:
            key = "fees.rise" if fees.uplift_ppm >= 0 else "fees.change"
        else:
            key = "fees.uplift_beside"
        sentences.append(p.say(key, percent=p.percent(fees.uplift_ppm)))
    index = (
        ("fees.pay_share", fees.pay_share_ppm),
        ("fees.pay_index", fees.pay_index_ppm),
        ("fees.other_index", fees.other_index_ppm),
    )
    if fees.rule is FeeRule.INDEXED and fees.pay_index_ppm is None:
        sentences.append(p.say("fees.own_index"))
    sentences += [p.say(key, percent=p.percent(ppm)) for key, ppm in index if ppm is not None]
    if fees.margin_cap_ppm is not None:
        sentences.append(p.say("fees.margin_cap", percent=p.percent(fees.margin_cap_ppm)))
    return tuple(sentences)
