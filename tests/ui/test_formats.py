"""Figures as people read them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QLocale

from ui import formats, palette
from ui.palette import DARK, LIGHT


@pytest.fixture(autouse=True)
def british() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (formats.number(1284), "1,284"),
        (formats.number(-1284.5, 1), "−1,284.5"),
        (formats.number(0.5), "1"),
        (formats.number(1.5), "2"),
        (formats.number(2.5), "3"),
        (formats.money(31420118.0), "£31,420,118"),
        (formats.money(-4.0, sign=True), "−£4"),
        (formats.money(4.0, sign=True), "+£4"),
        (formats.rate(13.455), "£13.46"),
        (formats.money_short(412_600_000.0), "£412.6m"),
        (formats.money_short(8_630_000.0), "£8.63m"),
        (formats.money_short(86_300.0), "£86.3k"),
        (formats.money_short(999_960.0), "£1.00m"),
        (formats.money_short(950.0), "£950"),
        (formats.money_short(-2_500_000_000.0, sign=True), "−£2.50bn"),
        (formats.micros(13_450_000), "£13.45"),
        (formats.percent(0.054), "5.4%"),
        (formats.percent(-0.015, sign=True), "−1.5%"),
        (formats.ppm(32_000), "3.20%"),
        (formats.day(date(2027, 3, 31)), "31 Mar 2027"),
        (formats.milliseconds(0.0341), "34 ms"),
        (formats.milliseconds(1.25), "1.3 s"),
    ],
)
def test_that_a_figure_reads_as_people_write_it(text: str, wanted: str) -> None:
    assert text == wanted


def test_that_what_is_not_known_says_so_and_is_never_nought() -> None:
    for show in (
        formats.number,
        formats.money,
        formats.money_short,
        formats.rate,
        formats.micros,
        formats.percent,
    ):
        assert show(None) == "not known"
    assert formats.number(float("nan")) == "not known"
    assert formats.day(None) == "date not known"


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_that_every_pair_of_text_and_ground_has_contrast(colours: palette.Colours) -> None:
    grounds = (colours.window, colours.base, colours.alternate)
    words = (
        colours.text,
        colours.muted,
        colours.good_text,
        colours.warning_text,
        colours.error_text,
        colours.accent,
    )
    pairs = [(word, ground) for word in words for ground in grounds]
    pairs += [
        (colours.text, one)
        for one in (colours.note, colours.warning, colours.error, colours.band, colours.teal)
    ]
    pairs += [
        (colours.on_accent, colours.accent),
        (colours.on_band, colours.band),
        (colours.on_teal, colours.teal),
        (colours.on_chip, colours.chip),
    ]
    assert [pair for pair in pairs if palette.contrast(*pair) < 4.5] == []
    assert [one for one in (colours.window, colours.base) if palette.contrast(colours.line, one) < 3] == []


def test_that_contrast_is_21_for_black_on_white() -> None:
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21.0)
