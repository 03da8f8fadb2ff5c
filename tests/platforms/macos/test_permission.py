"""Input Monitoring: what macOS says of it, and who may ask for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.macos import quartz
from tests.support.macos.c_library import provide
from tests.support.macos.iokit import access as iokit
from tests.support.macos.iokit import carbon
from tests.support.macos.quartz import server
from tray_agent.platforms.macos.permission import Access, access, keys_kept, permission, request


@pytest.fixture(autouse=True)
def mac() -> Iterator[None]:
    quartz.begin()
    yield
    quartz.begin()


@pytest.mark.parametrize(
    ("granted", "answer", "said"),
    [
        (True, 0, Access.GRANTED),
        (True, 2, Access.GRANTED),  # by the larger permission Accessibility
        (True, 1, Access.DENIED),  # taken back while the program runs
        (False, 1, Access.DENIED),
        (False, 2, Access.NOT_ASKED),
        (False, 0, Access.NOT_ASKED),
    ],
)
def test_it_is_told_without_asking_anybody(
    monkeypatch: pytest.MonkeyPatch, granted: bool, answer: int, said: Access
) -> None:
    provide(monkeypatch, IOKit=iokit(answer))
    server.may_listen = granted
    assert access() is said
    assert permission() == f"Input Monitoring: {said}"
    assert server.asked_to_listen == 0


def test_where_a_denial_is_not_told_nobody_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    provide(monkeypatch)
    assert access() is Access.NOT_ASKED


def test_a_request_has_the_system_ask() -> None:
    assert request() is False
    server.may_listen = True
    assert request() is True
    assert server.asked_to_listen == 2


def test_secure_input_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    keeps = [False]
    provide(monkeypatch, Carbon=carbon(keeps))
    assert not keys_kept()
    keeps.append(True)
    assert keys_kept()


def test_without_carbon_nobody_keeps_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    provide(monkeypatch)
    assert not keys_kept()
