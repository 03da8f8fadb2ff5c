"""The app among the login items, as the played system has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.macos import servicemanagement as system
from tray_agent.platforms.macos.login_item import LoginItem
from tray_agent.ports import Startup

OFF = Startup(on=False, mechanism=None)
ON = Startup(on=True, mechanism="login_item")


@pytest.fixture(autouse=True)
def played() -> Iterator[None]:
    system.SMAppService.begin()
    yield
    system.SMAppService.begin()


def test_an_app_that_was_never_added_is_off_without_a_fault() -> None:
    assert LoginItem().status() == OFF
    system.SMAppService.played_status = system.SMAppServiceStatusNotRegistered
    assert LoginItem().status() == OFF


def test_it_is_added_and_removed_any_number_of_times() -> None:
    item = LoginItem()
    for _ in range(2):
        item.add()
        assert item.status() == ON
    for _ in range(2):
        item.remove()
        assert item.status() == OFF


def test_who_switched_it_off_is_told_so_and_not_overruled() -> None:
    system.SMAppService.played_refusal = True
    item = LoginItem()
    item.add()
    assert item.status() == Startup(False, None, "it is switched off in Login Items")


def test_what_macos_refuses_is_an_error_with_its_words() -> None:
    system.SMAppService.played_failure = system.kSMErrorInvalidSignature
    with pytest.raises(OSError, match="macOS does not change the login items: failure 3"):
        LoginItem().add()
    with pytest.raises(OSError, match="failure 3"):
        LoginItem().remove()
