"""Over a played AppKit that knows nothing but what is asked of it."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

ACCESSORY, ALL_SPACES, MANAGED, BESIDE_FULL_SCREEN, SHARED_NOT = 1, 1, 1 << 2, 1 << 8, 0
VIEW, VIEW_WITHOUT_WINDOW = 7, 8


class Window:
    """An NSWindow."""

    def __init__(self) -> None:
        self.behaviour, self.sharing = MANAGED, 1

    def collectionBehavior(self) -> int:  # noqa: N802
        return self.behaviour

    def setCollectionBehavior_(self, behaviour: int) -> None:  # noqa: N802
        self.behaviour = behaviour

    def setSharingType_(self, sharing: int) -> None:  # noqa: N802
        self.sharing = sharing


class Application:
    """The NSApplication."""

    policy: int | None = None

    def setActivationPolicy_(self, policy: int) -> bool:  # noqa: N802
        self.policy = policy
        return True


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def workspace() -> SimpleNamespace:
    return SimpleNamespace(accessibilityDisplayShouldReduceMotion=lambda: False)


@pytest.fixture
def adapter(
    monkeypatch: pytest.MonkeyPatch, window: Window, application: Application, workspace: SimpleNamespace
) -> Any:
    def objc_object(*, c_void_p: int) -> SimpleNamespace:
        return SimpleNamespace(window=lambda: {VIEW: window, VIEW_WITHOUT_WINDOW: None}[c_void_p])

    appkit, objc = ModuleType("AppKit"), ModuleType("objc")
    vars(appkit).update(
        NSApplication=SimpleNamespace(sharedApplication=lambda: application),
        NSApplicationActivationPolicyAccessory=ACCESSORY,
        NSWindowCollectionBehaviorCanJoinAllSpaces=ALL_SPACES,
        NSWindowCollectionBehaviorFullScreenAuxiliary=BESIDE_FULL_SCREEN,
        NSWindowSharingNone=SHARED_NOT,
        NSWorkspace=SimpleNamespace(sharedWorkspace=lambda: workspace),
    )
    vars(objc).update(objc_object=objc_object)
    monkeypatch.setitem(sys.modules, "AppKit", appkit)
    monkeypatch.setitem(sys.modules, "objc", objc)
    monkeypatch.delitem(sys.modules, "tray_agent.ui.appkit_window", raising=False)
    yield importlib.import_module("tray_agent.ui.appkit_window")
    sys.modules.pop("tray_agent.ui.appkit_window")


def test_our_windows_bring_no_icon_into_the_dock(adapter: Any, application: Application) -> None:
    adapter.become_accessory()
    assert application.policy == ACCESSORY


def test_a_note_is_seen_beside_a_program_in_full_screen_and_stays_what_it_was(
    adapter: Any, window: Window
) -> None:
    adapter.float_everywhere(VIEW)
    assert window.behaviour == MANAGED | ALL_SPACES | BESIDE_FULL_SCREEN


def test_a_window_is_kept_out_of_pictures(adapter: Any, window: Window) -> None:
    assert adapter.hide_from_pictures(VIEW)
    assert window.sharing == SHARED_NOT


def test_a_view_without_a_window_is_let_be(adapter: Any) -> None:
    adapter.float_everywhere(VIEW_WITHOUT_WINDOW)
    assert not adapter.hide_from_pictures(VIEW_WITHOUT_WINDOW)


def test_motion_is_unwanted_where_macos_says_so(adapter: Any, workspace: SimpleNamespace) -> None:
    assert not adapter.motion_unwanted()
    workspace.accessibilityDisplayShouldReduceMotion = lambda: True
    assert adapter.motion_unwanted()
