"""Broadcasts of other programs, heard on the loop also while this program is not active."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from Foundation import NSDistributedNotificationCenter, NSNotificationSuspensionBehaviorDeliverImmediately

from tests.support.macos.played_main import main
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.macos.broadcasts import Broadcasts
from tray_agent.shell.loop import SelectorLoop

LOCKED, UNLOCKED = "com.apple.screenIsLocked", "com.apple.screenIsUnlocked"


@pytest.fixture
def centre() -> Any:
    centre = NSDistributedNotificationCenter.defaultCenter()
    assert centre.heard() == 0
    return centre


@pytest.fixture
def names(loop: SelectorLoop, centre: Any) -> Iterator[tuple[list[str], Broadcasts]]:
    names: list[str] = []
    broadcasts = Broadcasts(loop, names.append, (LOCKED, UNLOCKED))
    main.settle()
    yield names, broadcasts
    broadcasts.close()
    broadcasts.close()
    main.settle()
    assert centre.heard() == 0


def test_those_it_was_made_for_are_heard(
    names: tuple[list[str], Broadcasts], loop: SelectorLoop, centre: Any
) -> None:
    for name in (LOCKED, "com.apple.somethingElse", UNLOCKED):
        centre.postNotificationName_object_(name, None)
    turn_until(loop, lambda: len(names[0]) == 2, "both")
    assert names[0] == [LOCKED, UNLOCKED]


def test_they_are_asked_for_at_once_since_this_program_is_never_active(
    loop: SelectorLoop, centre: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    how: list[int] = []
    monkeypatch.setattr(
        type(centre),
        "addObserver_selector_name_object_suspensionBehavior_",
        lambda _self, _observer, _selector, _name, _whose, behaviour: how.append(behaviour),
    )
    broadcasts = Broadcasts(loop, lambda _name: None, (LOCKED, UNLOCKED))
    main.settle()
    assert how == [NSNotificationSuspensionBehaviorDeliverImmediately] * 2
    broadcasts.close()


def test_one_on_its_way_is_not_told_after_the_end(
    names: tuple[list[str], Broadcasts], loop: SelectorLoop, centre: Any
) -> None:
    told, broadcasts = names
    centre.postNotificationName_object_(LOCKED, None)
    main.settle()
    broadcasts.close()
    turn_for(loop, 0.02)
    assert told == []
