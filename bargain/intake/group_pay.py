"""Returns in which a row is a group: whether its pay is that of each of them or of all together, and how many are women."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np

from bargain.intake.coded import Coded, over
from bargain.intake.pay import PayPlan
from bargain.intake.posts import Posts
from bargain.intake.reading import PAY_FOR, MappingFile, Period, Question
from bargain.intake.staff import Counted, StaffTable
from bargain.intake.values import Column
from bargain.intake.words import has_phrase, phrases, plain_words
from models.workforce import Sex

_EACH = ("average", "avg", "mean", "each", "per head", "per person", "per employee", "cyfartaledd")
_SUM = ("sum of", "swm")
_TOO_MUCH = Decimal(180_000)
_TIMES = {
    Period.YEAR: 1, Period.MONTH: 12, Period.FOUR_WEEKS: 13, Period.FORTNIGHT: 26, Period.WEEK: 52, Period.HOUR: 1950,
    Period.DAY: 260,
}  # fmt: skip


def which_pay(
    staff: StaffTable, counted: Counted, plan: PayPlan, *, mapping: MappingFile, sheet: str
) -> tuple[Question, ...]:
    """Whose pay a group's figure is, where its heading or its size says that it may be that of all of them."""
    words = plain_words(plan.heading)
    if mapping.pay_for or has_phrase(words, _EACH) or words.startswith(_SUM) or counted.counts_posts:
        return ()
    several = _several(counted) & staff.pay[plan.column].values.mask(bool)
    if not several.any():
        return ()
    large = over(_is_large, staff.pay[plan.column].values, plan.periods).mask(bool) & several
    if not has_phrase(words, phrases("pay", "words", "summed")) and int(large.sum()) * 3 < int(several.sum()):
        return ()
    texts = [field for field in ("job_title", "grade", "point") if field in staff.texts]
    examples = tuple(
        (
            *((staff.headings[field], staff.text(field, at)) for field in texts),
            ("people", f"{counted.heads[at].normalize():f}"),
            (plan.heading, f"{staff.pay[plan.column].values[at] or 0:f}"),
        )
        for at in np.flatnonzero(several)[:5].tolist()
    )
    question = (
        f"Rows are groups of people. Is “{plan.heading}” the pay of each of them, or of all of them together?"
    )
    return (Question("pay.for", sheet, question, PAY_FOR, examples),)


def shared_out(staff: StaffTable, counted: Counted, plan: PayPlan, mapping: MappingFile) -> StaffTable:
    """The staff with the pay of each, where the file gives that of all of a group together."""
    told = mapping.pay_for or ("together" if plain_words(plan.heading).startswith(_SUM) else "")
    if told != "together" or counted.counts_posts or not _several(counted).any():
        return staff
    held = staff.pay[plan.column]
    each = over(lambda paid, heads: paid / heads if paid and heads else paid, held.values, counted.heads)
    return replace(staff, pay={**staff.pay, plan.column: Column(each, held.unreadable)})


def by_sex(posts: Posts, staff: StaffTable) -> Posts:
    """Posts whose numbers of women and men are told, each as two; the same people, hours and pay."""
    if not {"heads_female", "heads_male"} <= set(staff.numbers):
        return posts
    places = np.searchsorted(staff.rows, posts.rows)
    women, men = (staff.numbers[one].take(places) for one in ("heads_female", "heads_male"))
    adds_up = over(lambda heads, f, m: heads == (f or 0) + (m or 0), posts.heads, women, men).mask(bool)
    parts = [
        (np.flatnonzero(~adds_up), Sex.UNKNOWN, posts.heads),
        (np.flatnonzero(adds_up & women.mask(bool)), Sex.FEMALE, women.map(_or_nought)),
        (np.flatnonzero(adds_up & men.mask(bool)), Sex.MALE, men.map(_or_nought)),
    ]
    at = np.concatenate([there for there, _sex, _heads in parts])
    order = np.argsort(at, kind="stable")
    sexes = [sex for there, sex, _heads in parts for _ in there]
    heads = [count for there, _sex, counts in parts for count in counts.take(there)]
    return replace(
        posts.take(at[order]),
        sex=Coded.of([sexes[one] for one in order.tolist()]),
        heads=Coded.of([heads[one] for one in order.tolist()]),
    )


def _several(counted: Counted) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    mask: np.ndarray[tuple[int], np.dtype[np.bool_]] = counted.heads.mask(lambda heads: heads > 1)
    return mask


def _is_large(paid: Decimal | None, period: Period | None) -> bool:
    return paid is not None and period is not None and paid * _TIMES[period] > _TOO_MUCH


def _or_nought(count: Decimal | None) -> Decimal:
    return count or Decimal(0)
