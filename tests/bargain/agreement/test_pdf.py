"""The printed draft, read back by another program's eyes."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from agreement_drafts import HOSTILE, draft_of, flat, njc_scale, pages_of, plain_draft, sector, squeezed
from pypdf import PdfReader
from reportlab.platypus import Table

from bargain import whole_file
from bargain.agreement.files import write_draft
from bargain.agreement.pdf import pdf_bytes
from bargain.agreement.pdf_tables import table_flowables
from bargain.agreement.pdf_text import CELL, HEAD_CELL, escape, width
from bargain.agreement.plain_text import printable
from models.agreement import AgreementDraft, DraftSection, DraftTable
from models.party import PartnerGroup, Party
from tests.helpers.f1 import O2


def reader_of(draft: AgreementDraft) -> PdfReader:
    return PdfReader(BytesIO(pdf_bytes(draft)))


@pytest.fixture(scope="module")
def printed() -> list[str]:
    return pages_of(draft_of(sector()))


def test_that_every_part_heading_is_printed_in_order(printed: list[str]) -> None:
    whole = flat(" ".join(printed[1:]))
    places = [whole.index(f"{part} – ") for part in ("Part A", "Part B", "Part C", "Annex")]
    assert places == sorted(places)
    assert whole.index("Signatures") > places[-1]


def test_that_each_page_says_which_of_how_many_it_is(printed: list[str]) -> None:
    for number, page in enumerate(printed, start=1):
        assert f"Page {number} of {len(printed)}" in flat(page)


def test_that_each_page_carries_watermark_sector_version_date_and_fingerprint(printed: list[str]) -> None:
    fingerprint = sector().workforce.fingerprint()[:12]
    for page in printed:
        text = flat(page)
        assert text.count("DRAFT – NOT AGREED") >= 2  # across the page and in the header
        assert "Children's homes, North" in text
        assert f"Version 0.3 · 14 March 2027 · Data {fingerprint}" in text


def test_that_the_legal_basis_and_the_warnings_are_on_page_1() -> None:
    first = flat(pages_of(draft_of(sector(parties=()), O2))[0])
    assert "Legal basis: Voluntary agreement." in first
    assert "The offer says nothing about fees or profits" in first
    assert "No partner is named yet for" in first


def test_that_an_offer_without_fees_is_watermarked_incomplete_on_every_page() -> None:
    for page in pages_of(draft_of(sector(), O2)):
        assert flat(page).count("DRAFT – INCOMPLETE: fees and profits") >= 2


def test_that_the_contents_name_the_page_on_which_each_part_starts(printed: list[str]) -> None:
    listed = re.findall(r"(Part [ABC]|Annex) – [^0-9·]+?, page (\d+)", flat(printed[0]))
    assert [name for name, _ in listed] == ["Part A", "Part B", "Part C", "Annex"]
    for name, page in listed:
        assert f"{name} – " in flat(printed[int(page) - 1])


def test_that_every_party_has_a_block_to_sign_in(printed: list[str]) -> None:
    last = flat(printed[-1])
    for party in sector().parties:
        assert party.name in last
    assert last.count("Name and office") == 4


@pytest.mark.parametrize("name", HOSTILE)
def test_that_hostile_names_print_as_they_are_written(name: str) -> None:
    assert squeezed(name) in squeezed(" ".join(pages_of(plain_draft(name))))


def test_that_hostile_names_of_partners_employers_and_grades_go_through_the_whole_draft() -> None:
    one = sector(
        name=HOSTILE[3],
        legal_basis=HOSTILE[1],
        coverage=HOSTILE[2],
        parties=tuple(
            Party(name, group) for name, group in zip(HOSTILE, (*PartnerGroup, *PartnerGroup), strict=True)
        ),
    )
    one = replace(
        one,
        workforce=replace(one.workforce, employers=HOSTILE[:3], grades=HOSTILE[2:6]),
        grades=HOSTILE[2:6],
        employers=(),
        accounts=(),
    )
    offer = f"name = '''{HOSTILE[1]}'''\n[[settlement]]\neffective = 2026-04-06\nfloor_hourly = 14\n"
    text = squeezed(" ".join(pages_of(draft_of(one, offer))))
    for name in HOSTILE:
        assert squeezed(name) in text


def test_that_characters_that_cannot_be_seen_are_marked() -> None:
    assert printable("a\x00b\x07c\u202ed\u200be\ud800f") == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf"
    assert printable("one\r\ntwo\tthree\u2028four") == "one two three four"
    assert "Night\ufffdshift" in flat(" ".join(pages_of(plain_draft("Night\x1bshift"))))


def test_that_a_percent_sign_stays_with_its_number() -> None:
    assert escape("3.2 % & more") == "3.2\u00a0% &amp; more"
    assert "3.2 % more" in " ".join(pages_of(plain_draft("3.2 % more")))


def test_that_welsh_letters_and_the_pound_sign_print() -> None:
    assert "Tŷ Ŵyn £5 – “x”" in flat(" ".join(pages_of(plain_draft("Tŷ Ŵyn £5 – “x”"))))


@pytest.mark.parametrize(
    "text",
    ["x" * 1500, "word " * 300, "W" * 200 + " " + "i" * 600, ""],
    ids=("word", "words", "two", "none"),
)
def test_that_nothing_runs_off_the_page(text: str) -> None:
    draft = plain_draft(text, columns=4)
    for page in reader_of(draft).pages:
        edges: list[float] = []
        page.extract_text(
            visitor_text=lambda words, cm, tm, font, size, edges=edges: (
                edges.append(tm[4] * cm[0] + cm[4]) if words.strip() else None
            )
        )
        assert all(-1 <= edge <= float(page.mediabox.width) for edge in edges)
    printed_characters = squeezed(" ".join(pages_of(draft)))
    if text:
        # in each of two sections a paragraph twice, a caption and twelve cells: none of them is cut
        assert printed_characters.count(text[:1]) >= squeezed(text).count(text[:1]) * 2 * 15


def test_that_a_long_table_repeats_its_headings_and_loses_no_row() -> None:
    rows = tuple((f"point-{row}", f"{row * 7:,}") for row in range(1000))
    table = DraftTable("Scale", ("Point", "Amount-heading"), rows, (1,))
    draft = replace(plain_draft(), parts=(("Front", (DraftSection("1", "Rates", (), (table,)),)),))
    pages = pages_of(draft)
    whole = flat(" ".join(pages))
    for row in rows:
        assert f"{row[0]} " in whole
    with_rows = [page for page in pages if "point-" in page]
    assert len(with_rows) > 10
    assert all("Amount-heading" in page for page in with_rows)
    assert "Scale (continued)" in whole


def test_that_the_same_draft_gives_the_same_bytes() -> None:
    one = sector(scale=njc_scale({"1": 18333, "2": 18516}))
    first, second = pdf_bytes(draft_of(one)), pdf_bytes(draft_of(one))
    assert first == second
    assert pdf_bytes(draft_of(one, version="0.4")) != first


def test_that_the_file_names_its_title_and_language_but_no_author_machine_or_time() -> None:
    reader = reader_of(draft_of(sector()))
    about = reader.metadata
    assert about is not None
    assert about.title == "Draft agreement on pay, conditions, fees and profits: Children's homes, North"
    assert not about.author
    assert about.creator == about.producer == "Bargain"
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert [item.title.split(" – ")[0] for item in reader.outline][1:5] == [
        "Part A",
        "Part B",
        "Part C",
        "Annex",
    ]


def test_that_every_font_is_embedded() -> None:
    for page in reader_of(draft_of(sector())).pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]


def test_that_nothing_in_the_file_acts_or_loads() -> None:
    content = pdf_bytes(plain_draft(HOSTILE[1] + HOSTILE[5]))
    for word in (b"/URI", b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/XObject <<", b"/Annots"):
        assert word not in content


def test_that_a_failed_write_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "draft.pdf"
    write_draft(plain_draft("first"), path)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole_file.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_draft(plain_draft("second"), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_that_a_written_file_is_the_bytes_of_the_draft(tmp_path: Path) -> None:
    draft = plain_draft("x")
    write_draft(draft, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == pdf_bytes(draft)


def test_that_a_long_address_is_broken_before_a_word_beside_it() -> None:
    """A source that is one long word takes what is left, so that “not recorded” stays two whole words."""
    address = "https://www.legislation.gov.uk/ukpga/2025/11/section/2/" + "x" * 60
    headings = ("Assumption", "Value", "Source", "Dated", "Owner", "Agreed by the partners")
    row = (
        "Employer National Insurance rate " * 3,
        "0.15 share",
        address,
        "not recorded",
        "not recorded",
        "no",
    )
    (laid,) = (
        one
        for one in table_flowables(DraftTable("c", headings, (row,), (1,)), 480.0)
        if isinstance(one, Table)
    )
    for at, word in ((0, "Assumption"), (3, "recorded"), (4, "recorded"), (5, "partners")):
        assert laid._colWidths[at] >= width(word, HEAD_CELL if at in {0, 5} else CELL)
    assert sum(laid._colWidths) == pytest.approx(480.0)
