"""Where a passphrase may come from, and what is said when it does not."""

from __future__ import annotations

import codecs

import pytest

from bargain.storage.passphrases import read_passphrase
from models.issues import UnusableInput


def never(_):
    raise AssertionError("nobody should have been asked")


def ask(*answers):
    """A prompt that gives these answers in turn."""
    waiting = list(answers)
    return lambda _: waiting.pop(0)


def read(*, environ=None, file=None, prompt=None, confirm=False):
    return read_passphrase(environ=environ or {}, passphrase_file=file, prompt=prompt, confirm=confirm)


def test_that_a_passphrase_file_comes_before_the_environment_and_the_prompt(tmp_path):
    file = tmp_path / "phrase"
    file.write_text("from the file\n")
    assert (
        read(environ={"BARGAIN_PASSPHRASE": "other"}, file=file, prompt=never, confirm=True)
        == "from the file"
    )


def test_that_the_environment_comes_before_the_prompt():
    assert read(environ={"BARGAIN_PASSPHRASE": " as it is "}, prompt=never, confirm=True) == " as it is "


def test_that_a_new_passphrase_is_asked_for_twice_and_an_old_one_once():
    assert read(prompt=ask("a b"), confirm=False) == "a b"
    assert read(prompt=ask("a b", "a b"), confirm=True) == "a b"


def test_that_two_different_answers_make_nothing():
    with pytest.raises(UnusableInput, match="The two passphrases differ, so nothing was done"):
        read(prompt=ask("a", "b"), confirm=True)


def test_that_without_a_terminal_the_other_ways_are_named():
    with pytest.raises(UnusableInput, match=r"no terminal.*BARGAIN_PASSPHRASE.*--passphrase-file"):
        read()


def test_that_a_terminal_that_ends_is_not_a_passphrase():
    def closed(_):
        raise EOFError

    with pytest.raises(UnusableInput, match="No passphrase was typed"):
        read(prompt=closed)


@pytest.mark.parametrize("confirm", [True, False])
def test_that_an_empty_answer_is_refused(confirm):
    with pytest.raises(UnusableInput, match="passphrase is empty"):
        read(prompt=ask(""), confirm=confirm)


def test_that_an_empty_environment_variable_is_refused_rather_than_passed_over():
    with pytest.raises(UnusableInput, match="BARGAIN_PASSPHRASE is set but empty"):
        read(environ={"BARGAIN_PASSPHRASE": ""}, prompt=never)


@pytest.mark.parametrize(
    "data",
    [
        "three wet ŵellies".encode(),
        "three wet ŵellies\n".encode(),
        "three wet ŵellies\r\n".encode(),
        codecs.BOM_UTF8 + "three wet ŵellies\n".encode(),
        "three wet ŵellies\r\n".encode("utf-16"),
    ],
)
def test_that_the_file_may_end_its_line_and_be_encoded_as_any_system_does(tmp_path, data):
    (tmp_path / "phrase").write_bytes(data)
    assert read(file=tmp_path / "phrase") == "three wet ŵellies"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "passphrase file .* is empty"),
        (b"\n", "passphrase file .* is empty"),
        (b"one\ntwo\n", "more than one line"),
        (b"\xff\x00\xff", "not a text file"),
        (b"x" * 70_000, "too long for a passphrase file"),
    ],
)
def test_that_a_file_that_holds_no_one_line_is_refused(tmp_path, data, said):
    (tmp_path / "phrase").write_bytes(data)
    with pytest.raises(UnusableInput, match=said):
        read(file=tmp_path / "phrase")


def test_that_a_missing_passphrase_file_and_a_folder_are_said_to_be_so(tmp_path):
    with pytest.raises(UnusableInput, match="There is no passphrase file"):
        read(file=tmp_path / "gone")
    with pytest.raises(UnusableInput, match="is a folder"):
        read(file=tmp_path)
