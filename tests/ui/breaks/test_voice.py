from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication

from tests.support.programs import Programs
from tests.support.waiting import wait_until
from tray_agent.ui.breaks.voice import CANCEL, Voice
from tray_agent.ui.screen_reader import ScreenReader

SPD_SAY = ('echo "$@" > "$HERE/options"', 'exec cat >> "$HERE/heard"')
ESPEAK = ('echo "$@" > "$HERE/options"', 'cat >> "$HERE/heard"', "exec sleep 60")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    return Programs(tmp_path, monkeypatch)


class Reader(ScreenReader):
    """A screen reader as the desktop tells of it, whenever the test says so."""

    def __init__(self, runs: bool | None) -> None:
        super().__init__(QDBusConnection("nowhere"))
        self.says(runs)

    def says(self, runs: bool | None) -> None:
        self.runs = runs
        self.known.emit()


def until_heard(app: QApplication, programs: Programs, words: str) -> None:
    until(app, lambda: programs.said("heard") == words, f"{words!r} to be heard")


def until(app: QApplication, true: Callable[[], object], what: str) -> None:
    def now() -> bool:
        app.processEvents()
        return bool(true())

    wait_until(now, what)


def test_sentences_go_to_the_speech_service_and_the_newest_one_wins(
    app: QApplication, programs: Programs
) -> None:
    programs.add("spd-say", *SPD_SAY)
    voice = Voice(on=True, reader=Reader(False))
    voice.say("Left side.\n30 seconds; `rm` $HOME")
    until_heard(app, programs, "Left side. 30 seconds; `rm` $HOME\n")
    voice.say("Right side.")
    until_heard(app, programs, f"Left side. 30 seconds; `rm` $HOME\n{CANCEL}\nRight side.\n")
    assert programs.said("options") == "-e -N tray-agent -l en\n"
    voice.hush()
    # Written at once: a window that leaves turns no more.
    wait_until(lambda: programs.said("heard").endswith(f"Right side.\n{CANCEL}\n"), "the silence")


def test_a_service_that_does_not_answer_makes_way(app: QApplication, programs: Programs) -> None:
    programs.add("spd-say", "exit 1")
    programs.add("espeak-ng", *ESPEAK)
    Voice(on=True, reader=Reader(False)).say("Left side.")
    until_heard(app, programs, "Left side.\n")
    assert programs.said("options") == "-v en --stdin\n"


def test_a_speaker_that_cannot_be_told_to_stop_is_ended(app: QApplication, programs: Programs) -> None:
    programs.add("espeak-ng", *ESPEAK)
    voice = Voice(on=True, reader=Reader(False))
    voice.say("Left side.")
    until_heard(app, programs, "Left side.\n")
    process = voice._speaking
    assert process is not None
    ended: list[object] = []
    process.finished.connect(lambda *how: ended.append(how))
    voice.hush()
    until(app, lambda: ended, "it to end")
    voice.say("Right side.")
    until_heard(app, programs, "Left side.\nRight side.\n")
    voice.hush()


def test_nothing_is_said_beside_a_screen_reader(app: QApplication, programs: Programs) -> None:
    programs.add("spd-say", *SPD_SAY)
    reader = Reader(None)
    voice = Voice(on=True, reader=reader)
    voice.say("Not yet known.")
    assert voice._speaking is None
    reader.says(False)
    until_heard(app, programs, "Not yet known.\n")
    reader.says(True)
    until_heard(app, programs, f"Not yet known.\n{CANCEL}\n")
    voice.say("Unheard.")
    reader.says(False)
    voice.say("Heard.")
    until(app, lambda: "Heard.\n" in programs.said("heard"), "the voice to be back")
    assert "Unheard" not in programs.said("heard")


def test_off_is_silent(app: QApplication, programs: Programs) -> None:
    programs.add("spd-say", *SPD_SAY)
    voice = Voice(on=False)
    voice.say("Left side.")
    voice.hush()
    assert voice._speaking is None
