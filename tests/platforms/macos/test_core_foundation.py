"""Objects of CoreFoundation: compared, read and released."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import c_void_p

import pytest

from tests.support.macos.c_library import provide
from tests.support.macos.cf_things import Things
from tray_agent.platforms.macos.core_foundation import equal, kept, number_in, string


@pytest.fixture
def things(monkeypatch: pytest.MonkeyPatch) -> Iterator[Things]:
    things = Things()
    provide(monkeypatch, CoreFoundation=things.core_foundation())
    yield things
    assert things.held == {}, "never released"


def test_texts_are_compared(things: Things) -> None:
    with kept(string(b"one")) as one, kept(string(b"one")) as same, kept(string(b"other")) as other:
        assert equal(one, same)
        assert not equal(one, other)


def test_a_number_is_found_by_its_name(things: Things) -> None:
    with kept(c_void_p(things.made({"PreventUserIdleDisplaySleep": 255, "none": 0}))) as levels:
        assert number_in(levels, b"PreventUserIdleDisplaySleep") == 255
        assert number_in(levels, b"none") == 0
        assert number_in(levels, b"missing") is None


def test_a_failure_inside_releases_too(things: Things) -> None:
    with pytest.raises(ZeroDivisionError), kept(string(b"text")):
        print(1 / 0)
