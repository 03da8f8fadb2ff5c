"""Notes in a window of our own; the window is played, what it shows is tests/ui's affair."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.adapters import mistakes
from tests.support.fake_loop import FakeLoop
from tests.support.fake_windows import FakeWindows
from tray_agent.platforms.null import NullWindows
from tray_agent.ports import Health, Note, Notifier, State
from tray_agent.shell.banner import BannerNotifier

STAND_UP = Note(
    1, "Time to stand up", "Sitting about 45 min", (("start", "Start"), ("skip", "Skip")), Path("up.png")
)
HIPS = Note(2, "Time for your hips", "", ())
STEP = Note(0, "Split stance", "Step one leg back.", ())


class Stage:
    """A notifier over windows that are played, and what it was answered."""

    def __init__(self) -> None:
        self.windows = FakeWindows()
        self.answers: list[tuple[int, str]] = []
        self.notifier = BannerNotifier(self.windows, lambda *answer: self.answers.append(answer))
        assert mistakes(self.notifier, Notifier) == []

    def says(self, event: str, **more: object) -> None:
        self.windows.says("banner", event, **more)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_the_window_is_told_the_whole_note_and_comes_quietly(stage: Stage) -> None:
    stage.notifier.show(STAND_UP)
    assert stage.windows.open_now["banner"] == {
        "v": 1,
        "quietly": True,
        "note": 1,
        "title": "Time to stand up",
        "body": "Sitting about 45 min",
        "actions": [{"key": "start", "label": "Start"}, {"key": "skip", "label": "Skip"}],
        "picture": "up.png",
        "passing": False,
    }


@pytest.mark.parametrize("key", ["start", "default", "dismiss"])
def test_an_answer_is_passed_on_once_and_takes_the_note_away(stage: Stage, key: str) -> None:
    stage.notifier.show(STAND_UP)
    stage.says("ready")
    stage.says("answer", note=1, key=key)
    stage.says("answer", note=1, key=key)
    assert (stage.answers, stage.windows.open_now) == ([(1, key)], {})


def test_a_new_note_takes_the_place_of_the_old_one_in_its_window(stage: Stage) -> None:
    stage.notifier.show(STAND_UP)
    stage.says("ready")
    stage.notifier.show(HIPS)
    name, told = stage.windows.told[-1]
    assert (name, told["do"], told["note"], told["title"]) == ("banner", "show", 2, HIPS.title)
    stage.says("answer", note=1, key="skip")
    assert (stage.answers, list(stage.windows.open_now)) == ([], ["banner"])
    stage.says("answer", note=2, key="default")
    assert stage.answers == [(2, "default")]


def test_one_shown_from_within_an_answer_stays(stage: Stage) -> None:
    stage.notifier = BannerNotifier(stage.windows, lambda _prompt, _key: stage.notifier.show(HIPS))
    stage.notifier.show(STAND_UP)
    stage.says("answer", note=1, key="start")
    assert stage.windows.open_now["banner"]["title"] == HIPS.title


def test_a_note_is_withdrawn_without_an_answer(stage: Stage) -> None:
    stage.notifier.show(STAND_UP)
    stage.notifier.withdraw()
    assert stage.windows.open_now == {}
    stage.says("answer", note=1, key="start")
    assert stage.answers == []
    stage.notifier.withdraw()
    stage.notifier.close()


def test_only_what_asks_for_nothing_passes_by_itself(stage: Stage) -> None:
    stage.notifier.show(STEP)
    assert stage.windows.open_now["banner"]["passing"]
    stage.says("ended")
    assert stage.answers == []
    stage.notifier.show(HIPS)
    assert not stage.windows.open_now["banner"]["passing"]


def test_a_window_that_fell_over_is_known_by_its_reason_until_one_is_seen_again(stage: Stage) -> None:
    stage.notifier.show(STAND_UP)
    stage.says("gone", reason="did not paint")
    assert stage.notifier.health() == Health("notifier", State.DEGRADED, "banner window", "did not paint")
    stage.notifier.show(HIPS)
    assert stage.windows.open_now["banner"]["title"] == HIPS.title
    stage.says("ready")
    assert stage.notifier.health() == Health("notifier", State.OK, "banner window")
    assert stage.answers == []


def test_without_windows_there_are_no_notes_either() -> None:
    loop = FakeLoop()
    notifier = BannerNotifier(NullWindows(loop, "PySide6 is not installed"), lambda _prompt, _key: None)
    notifier.show(STAND_UP)
    loop.settle()
    assert notifier.health() == Health("notifier", State.ABSENT, "banner window", "PySide6 is not installed")
