"""The last resort: with a stand-in for plyer that misbehaves, and with plyer itself before a real dunst."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.turning import turn_for, turn_until
from tray_agent.platforms import plyer_notifier
from tray_agent.platforms.plyer_notifier import PlyerNotifier
from tray_agent.ports import Health, Note, State
from tray_agent.shell.loop import SelectorLoop

STAND_UP = Note(1, "Time to stand up", "45 min", (("start", "Start"),))
HIPS = Note(2, "Time for your hips", "", ())


@pytest.fixture
def loop() -> Iterator[SelectorLoop]:
    loop = SelectorLoop()
    yield loop
    turn_until(loop, lambda: threading.active_count() == 1, "the threads to end")
    loop.close()


class Plyer:
    """Stands in for `plyer.notification.notify`; waits for `free` when it is told to hang."""

    def __init__(self, *, hangs: bool = False, raises: Exception | None = None) -> None:
        self.free = threading.Event()
        if not hangs:
            self.free.set()
        self.raises = raises
        self.said: list[dict[str, Any]] = []

    def __call__(self, **text: Any) -> None:
        self.said.append(text)
        self.free.wait(10)
        if self.raises is not None:
            raise self.raises


def shown(loop: SelectorLoop, note: Note) -> dict[str, Any]:
    """The words of the note as they reach plyer."""
    plyer = Plyer()
    PlyerNotifier(loop, plyer).show(note)
    turn_until(loop, lambda: plyer.said, "the note")
    turn_for(loop, 0.05)
    return plyer.said[0]


def test_a_note_says_how_to_answer_it(loop: SelectorLoop) -> None:
    said = shown(loop, STAND_UP)
    assert said["title"] == "Time to stand up"
    assert said["message"].startswith("45 min\n")
    assert "tray-agent snooze" in said["message"]
    assert said["app_name"] == "Tray Agent"


def test_no_text_is_taken_for_an_option_or_is_too_long(loop: SelectorLoop) -> None:
    said = shown(loop, Note(1, "-h now\0", "x" * 1000, ()))
    assert (said["title"][0], said["title"][1:]) == ("\u2060", "-h now")
    assert (len(said["message"]), said["message"][-1]) == (255, "…")


def test_notes_that_went_out_are_still_without_buttons(loop: SelectorLoop) -> None:
    notifier = PlyerNotifier(loop, Plyer())
    notifier.show(STAND_UP)
    turn_for(loop, 0.05)
    assert notifier.health() == Health("notifier", State.DEGRADED, "plyer", "notes without buttons")


def test_a_failure_is_told_and_the_next_success_forgets_it(loop: SelectorLoop) -> None:
    plyer = Plyer(raises=NotImplementedError("No usable implementation found!"))
    notifier = PlyerNotifier(loop, plyer)
    notifier.show(STAND_UP)
    turn_until(loop, lambda: notifier.health().state is State.LOST, "the failure")
    assert notifier.health().reason == "NotImplementedError: No usable implementation found!"
    plyer.raises = None
    notifier.show(STAND_UP)
    turn_until(loop, lambda: notifier.health().state is State.DEGRADED, "the recovery")


def test_one_that_hangs_is_told_and_holds_back_all_but_the_last_note(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plyer_notifier, "PATIENCE_S", 0.1)
    plyer = Plyer(hangs=True)
    notifier = PlyerNotifier(loop, plyer)
    for note in (STAND_UP, STAND_UP, HIPS):
        notifier.show(note)
    turn_until(loop, lambda: notifier.health().state is State.LOST, "the end of patience")
    assert "no answer" in (notifier.health().reason or "")
    plyer.free.set()
    turn_until(loop, lambda: len(plyer.said) == 2, "the last note")
    turn_until(loop, lambda: notifier.health().state is State.DEGRADED, "the recovery")
    assert [said["title"] for said in plyer.said] == ["Time to stand up", "Time for your hips"]


@pytest.mark.parametrize("end", ["withdraw", "close"])
def test_a_note_that_waits_its_turn_can_be_taken_back(loop: SelectorLoop, end: str) -> None:
    plyer = Plyer(hangs=True)
    notifier = PlyerNotifier(loop, plyer)
    notifier.show(STAND_UP)
    notifier.show(HIPS)
    getattr(notifier, end)()
    plyer.free.set()
    turn_until(loop, lambda: plyer.said, "the first note")
    turn_for(loop, 0.1)
    assert len(plyer.said) == 1


def test_plyer_itself_puts_the_words_on_the_screen(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.support.desktop import Desktop  # which only Linux has

    with Desktop(without=("panel",)) as desk:
        for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
            monkeypatch.setenv(name, desk.env[name])
        notifier = PlyerNotifier(loop)
        notifier.show(Note(1, "-Time to stand up", "45 min", (("start", "Start"),)))
        turn_until(loop, lambda: desk.notes_shown() == 1, "the note")
        turn_until(loop, lambda: notifier.health().state is State.DEGRADED, "its health")


def test_plyer_is_not_loaded_before_the_first_note(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "plyer", raising=False)
    PlyerNotifier(loop)
    assert "plyer" not in sys.modules
