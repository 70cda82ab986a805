"""Words for a passphrase: many to draw from, easy to read out and type."""

from __future__ import annotations

import math

from bargain.storage.random_words import USUAL, random_words, word_list


def test_that_five_words_are_more_than_fifty_bits() -> None:
    words = word_list()
    assert len(set(words)) == len(words)
    assert USUAL * math.log2(len(words)) > 50


def test_that_every_word_is_plain_to_read_out_and_to_type() -> None:
    assert [word for word in word_list() if not (word.isascii() and word.isalpha() and word.islower())] == []
    assert {len(word) for word in word_list()} <= set(range(3, 11))


def test_that_words_are_drawn_anew_each_time() -> None:
    drawn = [random_words() for _ in range(50)]
    assert all(len(one.split(" ")) == USUAL and set(one.split(" ")) <= set(word_list()) for one in drawn)
    assert len(set(drawn)) == 50
