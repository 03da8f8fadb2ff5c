from typing import Any

import msgspec
import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from tests.support.briefs import LEFT, RIGHT, brief
from tray_agent.ui.breaks.brief import Brief, Step
from tray_agent.ui.breaks.chime import Chime
from tray_agent.ui.breaks.cues import Cues
from tray_agent.ui.breaks.sequence import Sequence
from tray_agent.ui.breaks.voice import Voice


class Instrument:
    """Chime and voice in one, and what came out."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def ring(self, kind: str) -> None:
        self.heard.append(kind)

    def say(self, words: str) -> None:
        self.heard.append(words)

    def hush(self) -> None:
        self.heard.append("hush")


@pytest.fixture
def announced(app: object, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    return said


def sequence(**more: Any) -> Sequence:
    return Sequence(tuple(msgspec.convert(each, Step) for each in (LEFT, RIGHT)), **more)


def test_each_phase_is_announced_spoken_and_rung_once(announced: list[str]) -> None:
    chime, voice, now = Instrument(), Instrument(), sequence(preparing=False)
    cues = Cues(QWidget(), chime, voice)
    while not now.over:
        cues.phase(now)
        for _frame in range(100):
            cues.time(now)
        now.go_on()
    cues.phase(now)
    words = [
        "Left side. Hold for 30 seconds.",
        "Switch sides. Right side.",
        "Right side. Hold for 30 seconds.",
    ]
    assert announced == voice.heard == [*words, "That is it."]
    assert chime.heard == ["begin", "switch", "begin", "done"]


def test_the_last_ten_seconds_are_said_once(announced: list[str]) -> None:
    cues, now = Cues(QWidget(), None, None), sequence(preparing=False)
    for _second in range(29):
        now.advance(1.0)
        cues.time(now)
    assert announced == ["10 seconds left."]


def test_in_a_short_hold_they_are_not_worth_a_word(announced: list[str]) -> None:
    short = Sequence((msgspec.convert({**LEFT, "seconds": 15.0}, Step),), preparing=False, elapsed_s=8.0)
    Cues(QWidget(), None, None).time(short)
    assert announced == []


def test_hush_reaches_the_voice(announced: list[str]) -> None:
    voice = Instrument()
    Cues(QWidget(), None, voice).hush()
    Cues(QWidget(), None, None).hush()
    assert voice.heard == ["hush"]


def test_only_what_is_wished_for_is_there(announced: list[str]) -> None:
    def wished(**more: Any) -> Cues:
        return Cues.wished(QWidget(), msgspec.convert(brief(**more), Brief))

    silent, loud = wished(), wished(sound=True, speech=True)
    assert (silent._chime, silent._voice) == (None, None)
    assert isinstance(loud._chime, Chime)
    assert isinstance(loud._voice, Voice)
