"""What must be asked about pay before a payroll can be read: each question with its choices and rows to go by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

import numpy as np

from bargain.intake.coded import Coded
from bargain.intake.mapping import ColumnMap, PayColumn
from bargain.intake.reading import DECIMALS, RANGE_ENDS, PayKind, Period, Question
from bargain.intake.staff import StaffTable
from bargain.intake.tables import clean_text
from models.issues import UnusableInput

_LEAST_PAY = Decimal(5)  # a column with nothing above it holds counts or shares, not pay
_PERIOD_CHOICES = tuple(
    str(one)
    for one in (
        Period.HOUR, Period.WEEK, Period.FORTNIGHT, Period.FOUR_WEEKS, Period.MONTH, Period.YEAR, Period.DAY
    )
)  # fmt: skip


class PayQuestions:
    """Makes them. ``free``: columns of numbers without a meaning, looked for only when a question needs them."""

    def __init__(
        self,
        columns: ColumnMap,
        staff: StaffTable,
        *,
        file: str,
        sheet: str,
        free: Callable[[], Mapping[int, Coded[Decimal | None]]],
    ) -> None:
        self._columns = columns
        self._staff = staff
        self._file, self._sheet = file, sheet
        self._find_free = free

    @cached_property
    def free_columns(self) -> Mapping[int, Coded[Decimal | None]]:
        """Columns of numbers without a meaning; looked for only when a question needs them."""
        return self._find_free()

    def _examples(
        self, main: PayColumn | None, places: Sequence[int], *, with_free: bool = False
    ) -> tuple[tuple[tuple[str, str], ...], ...]:
        staff = self._staff
        texts = [field for field in ("job_title", "grade", "point") if field in staff.texts]
        numbers = [field for field in ("hours", "fte", "heads") if field in staff.numbers]
        pay = self._columns.pay if main is None else (main,)
        free = self.free_columns if with_free else {}
        return tuple(
            (
                *((staff.headings[field], staff.text(field, at)) for field in texts),
                *((staff.headings[field], _shown(staff.number(field, at))) for field in numbers),
                *((one.heading, _shown(staff.pay[one.column].values[at])) for one in pay),
                *((self._columns.headings[column], _shown(values[at])) for column, values in free.items()),
            )
            for at in places
        )

    def _first_five(self) -> Sequence[int]:
        return range(min(5, len(self._staff)))

    def for_what_time(self, main: PayColumn, question: str) -> Question:
        return Question(
            "pay.per",
            self._sheet,
            question.format(main.heading),
            _PERIOD_CHOICES,
            self._examples(main, self._first_five()),
        )

    def which_of(self, candidates: Sequence[PayColumn], both: str = "") -> Question:
        """Which of several columns; ``both`` where some rows have their pay in one, some in the other."""
        return Question(
            key="columns.pay",
            sheet=self._sheet,
            question="More than one column could be basic pay. Which is it?",
            candidates=(*(one.heading for one in candidates), *((both,) if both else ())),
            examples=self._examples(None, self._first_five()),
        )

    def which_unit(self, main: PayColumn) -> Question:
        return Question(
            "pay.unit", self._sheet, f"What do the figures in “{main.heading}” count?", ("pounds", "thousands"),
            self._examples(main, self._first_five()),
        )  # fmt: skip

    def which_decimals(self, main: PayColumn) -> Question:
        cells = self._staff.pay_cells[main.column]
        examples = tuple(((main.heading, clean_text(cells[at])),) for at in self._first_five())
        question = f"In “{main.heading}”, does the point begin the pence, or part the thousands?"
        return Question("numbers.decimals", self._sheet, question, DECIMALS, examples)

    def which_end(self, candidates: Sequence[PayColumn]) -> Question:
        return Question(
            key="columns.pay",
            sheet=self._sheet,
            question="The file gives the ends of a pay range, not what people are paid. Which end should count as pay?",
            candidates=tuple(one.heading for one in candidates),
            examples=self._examples(None, self._first_five()),
        )

    def which_of_range(self, main: PayColumn) -> Question:
        cells = self._staff.pay_cells[main.column]
        places = np.flatnonzero(self._staff.ranges[main.column])[:5].tolist()
        rows = self._examples(None, places)
        return Question(
            key="pay.range",
            sheet=self._sheet,
            question=f"“{main.heading}” holds ranges of pay, not what people are paid. Which figure of a range should count?",
            candidates=RANGE_ENDS,
            examples=tuple(
                (*(pair for pair in row if pair[0] != main.heading), (main.heading, clean_text(cells[at])))
                for at, row in zip(places, rows, strict=True)
            ),
        )

    def is_gross_basic(self, candidates: Sequence[PayColumn]) -> Question:
        named = " and ".join(f"“{one.heading}”" for one in candidates)
        return Question(
            key="columns.pay",
            sheet=self._sheet,
            question=f"The only pay is in {named}, which may hold more than basic pay. Which column should count as basic pay?",
            candidates=(*(one.heading for one in candidates), *self._free_headings()),
            examples=self._examples(None, self._first_five(), with_free=True),
        )

    def _free_headings(self) -> tuple[str, ...]:
        return tuple(
            self._columns.headings[at]
            for at, values in self.free_columns.items()
            if any(value is not None and value > _LEAST_PAY for value in values.distinct)
        )

    def which_is_pay(self) -> Question:
        free = self._free_headings()
        columns = self._columns
        read = {at for field, at in columns.fields.items() if field != "grade"} | set(columns.personal)
        left = tuple(text for at, text in enumerate(columns.headings) if text and at not in read)
        if not free and not left:
            raise UnusableInput(
                f"{self._file}, sheet {self._sheet}: there are staff but no column of pay. Ask for basic pay; numbers of staff on each pay "
                "point can be typed in (Enter headcounts)."
            )
        return Question(
            key="columns.pay",
            sheet=self._sheet,
            question="No column says that it is basic pay. Which one is?",
            candidates=free or left,
            examples=self._examples(None, self._first_five(), with_free=True),
        )

    def of_marked(self, main: PayColumn, word: str, question: str, places: Sequence[int]) -> Question:
        """For how long a time pay is in the rows that the file marks with a word of its own."""
        return Question(
            "pay.periods", self._sheet, question, _PERIOD_CHOICES, self._examples(main, places), word
        )

    def which_kind(self, main: PayColumn, places: Sequence[int]) -> Question:
        """Actual or full-time."""
        return Question(
            key="pay.of",
            sheet=self._sheet,
            question=f"Is pay in “{main.heading}” what is actually paid for the contracted hours, or what full time would be paid?",
            candidates=(str(PayKind.ACTUAL), str(PayKind.FULL_TIME)),
            examples=self._examples(main, places),
        )


def _shown(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
