"""What binds an employer that would leave: in the draft where the sector says so, bound to its records."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from bargain.agreement.docx import docx_bytes
from bargain.agreement.files import write_draft
from bargain.agreement.leaving import _letter
from bargain.agreement.text import WIDTH, text_bytes
from bargain.cli import main
from bargain.constraints import with_constraint
from bargain.storage.keys import Argon2Cost
from bargain.storage.places import VARIABLE
from bargain.storage.sector_file import SectorFile
from models.agreement import AgreementDraft, DraftSection
from models.issues import UnusableInput
from models.sector import Sector
from models.what_if import Constraint, StayingPlan, WhatIf
from tests.bargain.agreement.agreement_drafts import (
    FEES,
    HOSTILE,
    draft_of,
    flat,
    pages_of,
    plain_draft,
    sector,
)
from tests.helpers.f1 import O2

PASSPHRASE = "five odd words in a row"
EXCLUSION = Constraint("A", 200_000.0, "exclusion from the North framework.", in_draft=True)


def bound(*constraints: Constraint) -> Sector:
    return sector(what_if=WhatIf(staying=StayingPlan(constraints=constraints)))


def part_a(draft: AgreementDraft) -> tuple[DraftSection, ...]:
    return draft.parts[1][1]


def on_leaving(draft: AgreementDraft) -> DraftSection:
    return next(one for one in part_a(draft) if one.heading == "Staying in the agreement")


def test_that_a_recorded_constraint_is_no_clause_until_somebody_says_so() -> None:
    draft = draft_of(bound(replace(EXCLUSION, in_draft=False)))

    assert [one.number for one in part_a(draft)] == [f"A{at}" for at in range(1, 13)]
    assert "framework" not in repr(draft)


def test_that_a_marked_constraint_stands_in_pdf_word_and_text_word_for_word(tmp_path: Path) -> None:
    draft = draft_of(
        bound(replace(EXCLUSION, tells_worth=True), replace(EXCLUSION, employer="B", pounds=None))
    )
    clause = "(a) Exclusion from the North framework. This binds A and B. It is put at £200,000 a year for A."
    write_draft(draft, tmp_path / "draft.txt")

    assert on_leaving(draft).paragraphs[1] == clause
    assert [one.number for one in part_a(draft)][-2:] == ["A12", "A13"]
    assert clause in flat(" ".join(pages_of(draft)))
    assert clause in [one.text for one in Document(BytesIO(docx_bytes(draft))).paragraphs]
    assert clause in flat((tmp_path / "draft.txt").read_text("utf-8"))


def test_that_a_clause_follows_its_record_and_its_worth_is_told_only_where_wanted() -> None:
    first = on_leaving(draft_of(bound(EXCLUSION)))
    changed = on_leaving(
        draft_of(
            bound(replace(EXCLUSION, pounds=150_000.5, what="Loss of the block contract", tells_worth=True))
        )
    )

    assert "£" not in " ".join(first.paragraphs)
    assert (
        changed.paragraphs[1]
        == "(a) Loss of the block contract. This binds A. It is put at £150,001 a year for A."
    )


def test_that_neither_a_gain_from_leaving_nor_a_verdict_is_printed() -> None:
    """A gains £172,192 under this offer: that is for one side's eyes."""
    text = text_bytes(draft_of(bound(replace(EXCLUSION, pounds=1.0)), O2 + FEES)).decode()

    assert "172,1" not in text
    assert "no constraint" not in text.casefold()


def test_that_a_clause_for_an_employer_without_staff_is_a_warning() -> None:
    draft = draft_of(bound(replace(EXCLUSION, employer="Gone Ltd")))

    assert [one for one in draft.warnings if "Gone Ltd" in one]
    assert "Gone Ltd" in " ".join(on_leaving(draft).paragraphs)


def test_that_clauses_are_lettered_beyond_z() -> None:
    assert [_letter(at) for at in (0, 25, 26, 51, 52)] == ["a", "z", "aa", "az", "ba"]


@pytest.mark.parametrize("words", HOSTILE)
def test_that_hostile_words_of_a_clause_are_printed_as_they_are(words: str) -> None:
    draft = draft_of(bound(replace(EXCLUSION, what=words)))
    said = words[:1].upper() + words[1:]

    assert said in on_leaving(draft).paragraphs[1]
    assert "".join(said.split()) in "".join("".join(pages_of(draft)).split())
    assert flat(said) in flat(text_bytes(draft).decode())


def test_that_plain_text_says_everything_the_draft_says_in_its_order_and_no_line_is_too_long() -> None:
    draft = draft_of(bound(EXCLUSION))
    text = text_bytes(draft).decode()
    said, at = "".join(text.split()), 0
    for name, sections in draft.parts:
        for part in (
            name,
            *(words for one in sections for words in (one.number + one.heading, *one.paragraphs)),
        ):
            at = said.index("".join(part.split()), at)
    cells = [
        cell
        for _, sections in draft.parts
        for one in sections
        for table in one.tables
        for row in table.rows
        for cell in row
    ]

    assert all("".join(cell.split()) in said for cell in cells)
    assert max(len(line) for line in text.splitlines()) <= WIDTH
    assert text.count("\u202e") == text_bytes(plain_draft("a\u202eb")).decode().count("\u202e") == 0


def test_that_an_empty_record_goes_and_a_clause_without_words_is_none() -> None:
    plan = with_constraint(StayingPlan(), EXCLUSION)

    assert plan.constraints == (EXCLUSION,)
    assert with_constraint(plan, replace(EXCLUSION, what="")).constraints[0].in_draft is False
    assert with_constraint(plan, Constraint("A")).constraints == ()
    assert with_constraint(StayingPlan(), Constraint("B")).constraints == ()
    assert (
        with_constraint(plan, replace(EXCLUSION, pounds=None, tells_worth=True)).constraints[0].tells_worth
        is False
    )
    with pytest.raises(UnusableInput, match="from 0"):
        with_constraint(plan, replace(EXCLUSION, pounds=-1.0))


def test_that_the_command_records_a_clause_drafts_it_and_takes_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BARGAIN_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "data"))
    file = SectorFile.create(tmp_path / "a.bargain", sector(), PASSPHRASE, cost=Argon2Cost(8, 1, 1))
    file.save()
    file.close()
    (tmp_path / "o.toml").write_text(O2 + FEES, encoding="utf-8")
    at = str(file.path)

    def drafted() -> str:
        assert main(["draft", at, "--offer", str(tmp_path / "o.toml"), "--out", str(tmp_path / "d.txt")]) == 0
        capsys.readouterr()
        return flat((tmp_path / "d.txt").read_text("utf-8"))

    for words, said in (
        (("--set", "Nobody", "--pounds", "1"), "There is no employer"),
        (("--set", "A", "--clause", "yes"), "no words yet"),
        (("--set", "A", "--pounds", "lots"), "is no amount"),
        (
            ("--set", "A", "--what", "X", "--clause", "yes", "--tell-worth", "yes"),
            "Only a clause of known pounds",
        ),
        (("--remove", "A"), "No constraint is recorded"),
        (("--clause", "yes"), "name it with --set"),
    ):
        assert main(["constraints", at, *words]) == 2
        assert said in capsys.readouterr().err
    set_it = ("--set", "A", "--pounds", "200000", "--what", "Exclusion from the framework", "--clause", "yes")
    assert main(["constraints", at, *set_it, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["constraints"][0]["in_draft"] is True
    assert "(a) Exclusion from the framework. This binds A." in drafted()
    assert main(["restore", at, "--undo"]) == 0
    assert "Exclusion" not in drafted()
