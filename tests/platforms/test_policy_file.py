"""Policies as JSON."""

from __future__ import annotations

import pytest

from tray_agent.platforms.policy_file import policies
from tray_agent.ports import Policy, PolicyTrouble

FILE = "office.json"


def read(text: bytes) -> list[Policy | PolicyTrouble]:
    return list(policies(text, FILE, mandatory=True))


def test_each_key_is_a_policy() -> None:
    text = b'{"intensity": "gentle", "hours.ranges": ["mon-fri 09:00-17:00"], "quiet.call": true}'
    assert read(text) == [
        Policy("intensity", "gentle", mandatory=True, machine=True, source=FILE),
        Policy("hours.ranges", ["mon-fri 09:00-17:00"], mandatory=True, machine=True, source=FILE),
        Policy("quiet.call", True, mandatory=True, machine=True, source=FILE),
    ]


def test_a_mark_of_byte_order_does_no_harm() -> None:
    assert read(b"\xef\xbb\xbf{}") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"{", "the file is not JSON: "),
        (b"\xff", "the file is not UTF-8 text"),
        (b"[]", "the file must be one object"),
        (b"3", "the file must be one object"),
    ],
)
def test_a_file_that_is_none_is_one_sentence(text: bytes, told: str) -> None:
    (trouble,) = read(text)
    assert isinstance(trouble, PolicyTrouble)
    assert trouble.source == FILE
    assert trouble.sentence.startswith(told)


def test_a_key_that_stands_twice_is_told() -> None:
    trouble, first, last = read(b'{"intensity": "gentle", "intensity": "standard"}')
    assert isinstance(trouble, PolicyTrouble)
    assert "intensity stands there more than once" in trouble.sentence
    assert isinstance(first, Policy) and isinstance(last, Policy)
    assert last.value == "standard"


def test_what_is_nested_stays_so_and_is_refused_later() -> None:
    (policy,) = read(b'{"hours": {"mode": "always"}}')
    assert isinstance(policy, Policy)
    assert policy.value == {"mode": "always"}
