"""Notes as toasts, over the Windows Runtime that the tests play: Wine has none of its toasts."""

from __future__ import annotations

import sys
import threading
import time
import winreg
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.turning import turn_for, turn_until
from tests.support.waiting import wait_until
from tests.support.windows_runtime import (
    NotificationSetting,
    PlayedRuntime,
    ToastActivatedEventArgs,
    ToastDismissalReason,
    ToastDismissedEventArgs,
    ToastFailedEventArgs,
    played_runtime,
)
from tray_agent.platforms.windows import runtime_class, toasts
from tray_agent.platforms.windows.message_window import APP
from tray_agent.platforms.windows.toasts import GROUP, TAG, ToastNotifier
from tray_agent.ports import Note, State, Unavailable
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

STAND_UP = Note(1, "Time to stand up", "Sitting about 45 min", (("start", "Start"), ("skip", "Skip")))
HIPS = Note(2, "Time for your hips", "", (("start", "Start"),))
GONE_ICON = Path("C:/icons/tray-agent-64.png")


@dataclass
class Stage:
    loop: SelectorLoop
    windows: PlayedRuntime
    memory: Path
    answers: list[tuple[int, str]] = field(default_factory=list)
    refused: list[Note] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.notifier = self.another()

    def another(self) -> ToastNotifier:
        return ToastNotifier(
            self.loop,
            lambda prompt, key: self.answers.append((prompt, key)),
            GONE_ICON,
            self.refused.append,
            self.memory,
        )

    def shows(self, note: Note) -> None:
        count = len(self.windows.shown)
        self.notifier.show(note)
        turn_until(self.loop, lambda: len(self.windows.shown) > count, "the toast")
        turn_for(self.loop, 0.05)

    def is_answered(self, argument: str) -> None:
        self.windows.tells("activated", ToastActivatedEventArgs(argument))
        turn_for(self.loop, 0.05)

    def is_dismissed(self, reason: ToastDismissalReason) -> None:
        self.windows.tells("dismissed", ToastDismissedEventArgs(reason))
        turn_for(self.loop, 0.05)


@pytest.fixture
def stage(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Stage]:
    windows = played_runtime(monkeypatch)
    monkeypatch.setattr(runtime_class, "registered", lambda _name: True)
    stage = Stage(loop, windows, tmp_path / "note")
    yield stage
    windows.go_on.set()
    stage.notifier.close()
    with suppress(FileNotFoundError):
        winreg.DeleteKey(winreg.HKEY_CURRENT_USER, rf"Software\Classes\AppUserModelId\{APP}")


def test_a_note_is_a_toast_with_a_name_a_place_and_an_end(stage: Stage) -> None:
    stage.shows(STAND_UP)
    (toast,) = stage.windows.shown
    assert (toast.tag, toast.group) == (TAG, GROUP)
    assert toast.expiration_time is not None
    assert toast.expiration_time - datetime.now(UTC) < timedelta(hours=1, seconds=1)
    assert stage.notifier.health().state is State.OK


def test_windows_is_told_what_the_program_calls_itself(stage: Stage) -> None:
    stage.shows(STAND_UP)
    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, rf"Software\Classes\AppUserModelId\{APP}") as key:
        assert winreg.QueryValueEx(key, "DisplayName")[0] == "Tray Agent"
        assert Path(winreg.QueryValueEx(key, "IconUri")[0]) == GONE_ICON.absolute()


@pytest.mark.parametrize("key", ["start", "skip", "default"])
def test_a_button_is_the_answer_and_the_only_one(stage: Stage, key: str) -> None:
    stage.shows(STAND_UP)
    stage.is_answered(f"1 {key}")
    stage.is_answered("1 skip")
    stage.is_dismissed(ToastDismissalReason.USER_CANCELED)
    assert stage.answers == [(1, key)]


def test_a_click_without_words_is_one_on_the_note(stage: Stage) -> None:
    stage.shows(STAND_UP)
    stage.is_answered("")
    assert stage.answers == [(1, "default")]


def test_closing_it_is_an_answer(stage: Stage) -> None:
    stage.shows(STAND_UP)
    stage.is_dismissed(ToastDismissalReason.USER_CANCELED)
    assert stage.answers == [(1, "dismiss")]


@pytest.mark.parametrize("reason", [ToastDismissalReason.TIMED_OUT, ToastDismissalReason.APPLICATION_HIDDEN])
def test_going_by_itself_is_none_and_it_can_be_answered_afterwards(
    stage: Stage, reason: ToastDismissalReason
) -> None:
    stage.shows(STAND_UP)
    stage.is_dismissed(reason)
    assert stage.answers == []
    stage.is_answered("1 start")
    assert stage.answers == [(1, "start")]


def test_answers_to_an_older_note_are_late(stage: Stage) -> None:
    stage.shows(STAND_UP)
    older = stage.windows.shown[0]
    stage.shows(HIPS)
    stage.windows.tells("activated", ToastActivatedEventArgs("1 start"), older)
    stage.windows.tells("activated", ToastActivatedEventArgs("2 start"), older)
    turn_for(stage.loop, 0.05)
    assert stage.answers == []
    stage.is_answered("1 start")  # another prompt's words
    stage.is_answered("nonsense")
    assert stage.answers == []
    stage.is_answered("2 start")
    assert stage.answers == [(2, "start")]


def test_the_same_note_shown_again_is_another(stage: Stage) -> None:
    stage.shows(STAND_UP)
    stage.shows(STAND_UP)
    stage.windows.tells(
        "dismissed", ToastDismissedEventArgs(ToastDismissalReason.USER_CANCELED), stage.windows.shown[0]
    )
    turn_for(stage.loop, 0.05)
    assert stage.answers == []


def test_a_withdrawn_note_leaves_screen_and_notification_centre(stage: Stage) -> None:
    stage.shows(STAND_UP)
    stage.notifier.withdraw()
    stage.notifier.withdraw()
    turn_until(stage.loop, lambda: stage.windows.removed, "the removal")
    assert stage.windows.hidden == stage.windows.shown
    assert stage.windows.removed == [(TAG, GROUP, APP)]
    stage.is_answered("1 start")
    assert stage.answers == []


def test_windows_is_never_asked_on_the_loop(stage: Stage) -> None:
    stage.shows(STAND_UP)
    stage.shows(HIPS)
    assert len(stage.windows.threads) == 1
    assert threading.get_ident() not in stage.windows.threads


def test_a_toast_that_windows_refuses_is_handed_on_and_told(stage: Stage) -> None:
    stage.windows.refuses = True
    stage.notifier.show(STAND_UP)
    turn_until(stage.loop, lambda: stage.refused, "the refusal")
    assert stage.refused == [STAND_UP]
    health = stage.notifier.health()
    assert health.state is State.LOST
    assert (health.reason or "").startswith("Windows showed no toast")
    stage.windows.refuses = False
    stage.shows(HIPS)
    assert stage.notifier.health().state is State.OK


def test_a_toast_that_fails_later_is_handed_on(stage: Stage) -> None:
    stage.shows(STAND_UP)
    stage.windows.tells("failed", ToastFailedEventArgs())
    turn_until(stage.loop, lambda: stage.refused, "the refusal")
    assert "0x803e0112" in (stage.notifier.health().reason or "")
    assert stage.refused == [STAND_UP]


def test_without_an_answer_in_time_others_show_it_and_it_is_not_shown_twice(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toasts, "PATIENCE_S", 0.3)
    stage.windows.go_on.clear()
    stage.notifier.show(STAND_UP)
    turn_until(stage.loop, lambda: stage.refused, "the refusal")
    stage.notifier.show(HIPS)  # behind one that hangs, nobody waits
    turn_until(stage.loop, lambda: len(stage.refused) == 2, "the second", 0.25)
    stage.windows.go_on.set()
    turn_until(stage.loop, lambda: stage.windows.removed, "the late toast to go")
    assert len(stage.windows.shown) == 1
    stage.shows(HIPS)


def test_switched_off_by_the_person_it_goes_nowhere_else(stage: Stage) -> None:
    stage.windows.setting = NotificationSetting.DISABLED_FOR_APPLICATION
    stage.notifier.show(STAND_UP)
    turn_until(stage.loop, lambda: stage.notifier.health().state is State.DENIED, "the refusal")
    assert (stage.refused, stage.windows.shown) == ([], [])
    assert stage.notifier.health().reason == "notifications are switched off in Windows' settings"


def test_before_the_first_toast_windows_knows_no_setting(stage: Stage) -> None:
    stage.windows.setting = None
    stage.shows(STAND_UP)


def test_the_note_of_an_agent_that_was_killed_is_taken_away(stage: Stage) -> None:
    stage.shows(STAND_UP)
    assert stage.memory.exists()
    survivor = stage.another()
    turn_until(stage.loop, lambda: stage.windows.removed, "the removal")
    assert not stage.memory.exists()
    survivor.close()
    stage.shows(STAND_UP)
    stage.is_answered("1 start")
    assert not stage.memory.exists()


def test_nothing_is_told_and_no_thread_left_after_the_end(stage: Stage) -> None:
    before = set(threading.enumerate())
    notifier = stage.another()
    notifier.show(STAND_UP)
    turn_until(stage.loop, lambda: stage.windows.shown, "the toast")
    notifier.close()
    notifier.close()
    stage.is_answered("1 start")
    assert stage.answers == []
    wait_until(lambda: set(threading.enumerate()) <= before, "the thread to go home")


def test_at_the_end_its_toast_is_gone_and_one_that_was_never_used_begins_no_thread(stage: Stage) -> None:
    before = threading.active_count()
    stage.another().close()
    assert threading.active_count() == before
    stage.shows(STAND_UP)
    stage.notifier.close()
    assert stage.windows.hidden == stage.windows.shown


def test_the_end_does_not_wait_for_a_windows_that_hangs(stage: Stage) -> None:
    stage.windows.go_on.clear()
    stage.notifier.show(STAND_UP)
    begun = time.monotonic()
    stage.notifier.close()
    assert time.monotonic() - begun < 1.0


def test_where_there_are_no_toasts_it_says_so_at_once(loop: SelectorLoop) -> None:
    with pytest.raises(Unavailable, match="this Windows has no ToastNotificationManager"):
        ToastNotifier(loop, lambda _prompt, _key: None, GONE_ICON)
