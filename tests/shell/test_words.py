"""Lengths of time in words, and sentences nobody has translated."""

from __future__ import annotations

import pytest

from tray_agent.shell import words


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (20, "less than a minute"),
        (60, "about 1 min"),
        (9.6 * 60, "about 10 min"),
        (13 * 60, "about 15 min"),
        (42 * 60, "about 40 min"),
        (115 * 60, "about 115 min"),
        (120 * 60, "about 2 h"),
        (150 * 60, "about 2 h 30 min"),
    ],
)
def test_lengths_are_never_more_exact_than_the_estimate(seconds: float, said: str) -> None:
    assert words.about(seconds) == said


def test_a_sentence_without_translation_stands_as_it_is() -> None:
    assert words._("Nobody has translated this.") == "Nobody has translated this."


def test_counts_choose_their_form() -> None:
    assert [words.ngettext("{n} break", "{n} breaks", n).format(n=n) for n in (1, 2)] == [
        "1 break",
        "2 breaks",
    ]
