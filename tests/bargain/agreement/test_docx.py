"""The draft as a Word document: everything that the PDF says, with headings, and nothing of who made it."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from docx import Document
from docx.oxml.ns import qn

from bargain.agreement.docx import docx_bytes
from bargain.agreement.files import write_draft
from models.agreement import AgreementDraft
from models.issues import UnusableInput
from tests.bargain.agreement.agreement_drafts import HOSTILE, draft_of, plain_draft, sector


def parts_of(draft: AgreementDraft) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(docx_bytes(draft))) as made:
        return {name: made.read(name) for name in made.namelist()}


def words_of(data: bytes) -> str:
    """All text of a part, as a reader comes upon it."""
    return " ".join("".join(one.text or "" for one in fromstring(data).iter(qn("w:t"))).split())


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def draft() -> AgreementDraft:
    return draft_of(sector())


def test_that_every_heading_paragraph_and_cell_of_the_draft_stands_in_its_order(
    draft: AgreementDraft,
) -> None:
    said = squeezed(words_of(parts_of(draft)["word/document.xml"]))
    at = 0
    texts = [draft.title, draft.sector, draft.basis, *draft.warnings]
    for name, sections in draft.parts:
        texts.append(name)
        for section in sections:
            texts += [section.number + section.heading, *section.paragraphs]
            for table in section.tables:
                texts += [table.caption, *table.headings, *(cell for row in table.rows for cell in row)]
    for block in draft.signatures:
        texts += [block.party, block.group]
    for text in texts:
        at = said.index(squeezed(text), at) + len(squeezed(text))


def test_that_parts_and_sections_are_headings_that_a_screen_reader_can_walk(draft: AgreementDraft) -> None:
    document = Document(BytesIO(docx_bytes(draft)))
    found = [
        (one.style.name, one.text) for one in document.paragraphs if one.style.name.startswith("Heading")
    ]
    expected = []
    for name, sections in draft.parts:
        expected.append(("Heading 1", name))
        expected += [("Heading 2", f"{one.number}  {one.heading}") for one in sections]
    assert found == [*expected, ("Heading 1", "Signatures")]


def test_that_every_table_names_itself_and_repeats_its_headings_on_every_page(draft: AgreementDraft) -> None:
    body = fromstring(parts_of(draft)["word/document.xml"])
    tables = [one for one in body.iter(qn("w:tbl")) if one.find(f".//{qn('w:tblCaption')}") is not None]
    expected = [table for _, sections in draft.parts for section in sections for table in section.tables]
    assert len(tables) == len(expected) > 5
    for found, table in zip(tables, expected, strict=True):
        rows = found.findall(qn("w:tr"))
        assert found.find(f".//{qn('w:tblCaption')}").get(qn("w:val")) == table.caption
        assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True] + [False] * len(
            table.rows
        )
        to_the_right = [
            tuple(
                at
                for at, cell in enumerate(row.findall(qn("w:tc")))
                if cell.find(f".//{qn('w:jc')}") is not None
            )
            for row in rows
        ]
        assert set(to_the_right) == {tuple(sorted(table.number_columns))}


def test_that_every_page_carries_state_sector_version_date_data_and_its_number(draft: AgreementDraft) -> None:
    parts = parts_of(draft)
    above, below = words_of(parts["word/header1.xml"]), words_of(parts["word/footer1.xml"])
    assert draft.sector in above
    assert draft.watermark in above
    assert f'string="{draft.watermark}"'.encode() in parts["word/header1.xml"]  # across the page as well
    assert re.fullmatch(rf"Version 0\.3 · {draft.dated} · Data {draft.fingerprint} ?Page 1 of 1", below)
    fields = [one.get(qn("w:instr")) for one in fromstring(parts["word/footer1.xml"]).iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize("name", [*HOSTILE, "]]>", "w:p/><w:p", "{page}", "\x1b[31m", "a\u202eb"])
def test_that_hostile_names_stand_as_they_are_written(name: str) -> None:
    shown = "".join("\ufffd" if one in "\x1b\u202e" else one for one in name)
    parts = parts_of(plain_draft(name))
    assert squeezed(words_of(parts["word/document.xml"])).count(squeezed(shown)) >= 10
    assert len(list(fromstring(parts["word/footer1.xml"]).iter(qn("w:fldSimple")))) == 2


def test_that_the_file_tells_its_title_and_language_but_no_author_program_machine_or_time() -> None:
    draft = draft_of(sector())
    parts = parts_of(draft)
    about = {one.tag.rpartition("}")[2]: one.text for one in fromstring(parts["docProps/core.xml"])}
    assert about == {
        "title": "Draft agreement on pay, conditions, fees and profits: Children's homes, North",
        "subject": "0.3",
        "language": "en-GB",
        "revision": "1",
    }
    assert not [name for name in parts if "thumbnail" in name or "customXml" in name or "app.xml" in name]
    assert b"python-docx" not in b"".join(parts.values())
    with zipfile.ZipFile(BytesIO(docx_bytes(draft))) as made:
        assert {one.date_time for one in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_that_nothing_in_the_file_acts_or_loads() -> None:
    parts = parts_of(plain_draft(HOSTILE[1] + HOSTILE[5]))
    assert not [name for name in parts if name.endswith((".bin", ".vbs", ".js"))]
    for name, data in parts.items():
        assert b'TargetMode="External"' not in data, name
        assert b"<w:hyperlink" not in data
        assert b"attachedTemplate" not in data


def test_that_the_same_draft_gives_the_same_bytes() -> None:
    assert docx_bytes(draft_of(sector())) == docx_bytes(draft_of(sector()))
    assert docx_bytes(draft_of(sector(), version="0.4")) != docx_bytes(draft_of(sector()))


def test_that_the_ending_chooses_the_form_and_another_one_is_refused(tmp_path: Path) -> None:
    draft = plain_draft("x")
    write_draft(draft, tmp_path / "a.docx")
    write_draft(draft, tmp_path / "a.PDF")
    assert (tmp_path / "a.docx").read_bytes() == docx_bytes(draft)
    assert (tmp_path / "a.PDF").read_bytes().startswith(b"%PDF")
    with pytest.raises(UnusableInput, match=r"ends in \.pdf, \.docx or \.txt"):
        write_draft(draft, tmp_path / "a.doc")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.PDF", "a.docx"]
