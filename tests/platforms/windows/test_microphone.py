"""The sensor with notes in the real registry; what Core Audio answers is arranged.

Wine 8 cannot list who records (`test_audio_sessions.py`), so the real question fails there beside a sound
server; without one there is no microphone, and the answer is no.
"""

from __future__ import annotations

import sys
import threading
import winreg
from collections.abc import Iterator

import pytest

from tests.support.turning import turn_for, turn_until
from tests.support.win32_consents import CALLER, MIXER, Consents
from tray_agent.core.model import Signal
from tray_agent.platforms.windows import consent_watch
from tray_agent.platforms.windows import microphone as microphone_module
from tray_agent.platforms.windows.consent_store import Use, use
from tray_agent.platforms.windows.microphone import Microphone
from tray_agent.platforms.windows.worker import Worker
from tray_agent.ports import Health, State
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

REFUSED = OSError(22, "Not implemented", None, -0x7FFFBFFF)
WHY = "Windows' audio does not say who records (0x80004001)"


class Sensor:
    """A microphone, what Core Audio answers, and all that was told."""

    def __init__(self, loop: SelectorLoop, consents: Consents) -> None:
        self.loop, self.consents = loop, consents
        self.told: list[bool | None] = []
        self.records: bool | OSError = False
        self.asked = 0
        self.free = threading.Event()
        self.free.set()
        self.worker = Worker(loop)
        self.microphone = Microphone(
            loop, self.worker, self.told.append, asks=self._answer, store=consents.store
        )

    def _answer(self) -> bool:
        self.free.wait(10)
        self.asked += 1
        if isinstance(self.records, OSError):
            raise self.records
        return self.records

    def until(self, last: bool | None) -> None:
        turn_until(self.loop, lambda: self.told and self.told[-1] is last, f"the microphone to be {last}")

    def looks(self) -> bool | None:
        self.told.clear()
        self.microphone.look()
        turn_until(self.loop, lambda: self.told, "an answer to the look", 1.0)
        return self.told[-1]

    def begins(self, program: str = CALLER) -> None:
        self.records = True
        self.consents.begins("microphone", program)

    def ends(self, program: str = CALLER) -> None:
        self.records = False
        self.consents.ends("microphone", program)


@pytest.fixture
def sensor(loop: SelectorLoop, consents: Consents, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sensor]:
    monkeypatch.setattr(microphone_module, "CALL_S", 0.3)
    sensor = Sensor(loop, consents)
    sensor.until(False)
    yield sensor
    sensor.microphone.close()
    sensor.worker.close()


def test_a_call_is_told_when_it_lasts_and_its_end_at_once(sensor: Sensor) -> None:
    assert (sensor.microphone.name, sensor.microphone.signal) == ("microphone", Signal.CALL)
    assert sensor.microphone.health() == Health("microphone", State.OK, "core_audio", None, "off")
    sensor.begins()
    sensor.until(True)
    assert sensor.microphone.health().value == "on"
    sensor.ends()
    sensor.until(False)
    assert sensor.told == [False, True, False]


def test_a_short_recording_is_told_by_a_look_alone(sensor: Sensor, monkeypatch: pytest.MonkeyPatch) -> None:
    sensor.microphone._call._on_after_s = 1000.0
    sensor.begins()
    asked = sensor.asked
    turn_until(sensor.loop, lambda: sensor.asked > asked, "the note to lead to a question")
    turn_for(sensor.loop, 0.2)
    assert sensor.told == [False]
    assert sensor.looks() is True


def test_what_windows_only_notes_is_no_recording(sensor: Sensor, consents: Consents) -> None:
    consents.begins("microphone")
    turn_for(sensor.loop, 0.8)
    assert sensor.looks() is False


def test_what_windows_does_not_note_is_one(sensor: Sensor, consents: Consents) -> None:
    sensor.records = True
    assert sensor.looks() is True
    consents.remove("microphone")
    turn_until(sensor.loop, lambda: sensor.microphone._noted is None, "the notes to end")
    assert sensor.looks() is True


def test_a_mixer_that_is_always_on_is_no_call_and_a_call_beside_it_is(sensor: Sensor) -> None:
    sensor.begins(MIXER)
    turn_for(sensor.loop, 0.8)
    assert sensor.looks() is False
    sensor.begins(CALLER)
    sensor.until(True)


def test_where_core_audio_fails_the_notes_stand_in(sensor: Sensor, consents: Consents) -> None:
    sensor.records = REFUSED
    assert sensor.looks() is False
    assert sensor.microphone.health() == Health("microphone", State.DEGRADED, "consent_store", WHY, "off")
    consents.begins("microphone")
    sensor.until(True)
    consents.ends("microphone")
    sensor.until(False)
    consents.remove("microphone")
    sensor.until(None)
    assert sensor.microphone.health() == Health("microphone", State.LOST, "core_audio", WHY)
    sensor.records = True
    assert sensor.looks() is True
    assert sensor.microphone.health().state is State.OK


def test_while_core_audio_hangs_one_question_waits_and_the_loop_turns(sensor: Sensor) -> None:
    sensor.free.clear()
    asked = sensor.asked
    for _ in range(3):
        sensor.microphone.look()
    turn_for(sensor.loop, 0.2)
    assert sensor.told == [False]
    sensor.free.set()
    turn_until(sensor.loop, lambda: len(sensor.told) == 2, "the answer")
    assert sensor.asked == asked + 1


def test_a_note_that_comes_while_an_answer_is_on_its_way_leads_to_another_question(sensor: Sensor) -> None:
    sensor.free.clear()
    sensor.microphone.look()
    sensor.consents.begins("microphone")
    turn_until(sensor.loop, lambda: sensor.microphone._noted is Use.SOMEBODY, "the note")
    assert sensor.told == [False]
    sensor.free.set()
    turn_until(sensor.loop, lambda: len(sensor.told) == 2, "the answer")
    sensor.records = True
    sensor.until(True)


def test_nothing_is_told_after_the_end(sensor: Sensor) -> None:
    sensor.microphone.look()
    sensor.microphone.close()
    sensor.microphone.close()
    sensor.begins()
    sensor.microphone.look()
    turn_for(sensor.loop, 0.8)
    assert sensor.told == [False]


def test_a_look_before_windows_note_was_read_waits_for_it(
    loop: SelectorLoop, consents: Consents, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_read = threading.Event()

    def reads_late(store: winreg.HKEYType) -> Use:
        may_read.wait(10)
        return use(store)

    monkeypatch.setattr(consent_watch, "use", reads_late)
    consents.begins("microphone", MIXER)
    told: list[bool | None] = []
    worker = Worker(loop)
    microphone = Microphone(loop, worker, told.append, asks=lambda: True, store=consents.store)
    microphone.look()
    turn_for(loop, 0.2)
    assert told == []
    may_read.set()
    turn_until(loop, lambda: told, "an answer")
    turn_for(loop, 0.2)
    microphone.close()
    worker.close()
    assert told == [False]


def test_the_real_question_is_answered_one_way_or_the_other(loop: SelectorLoop, consents: Consents) -> None:
    told: list[bool | None] = []
    worker = Worker(loop)
    microphone = Microphone(loop, worker, told.append, store=consents.store)
    microphone.look()
    turn_until(loop, lambda: told, "an answer")
    health = microphone.health()
    microphone.close()
    worker.close()
    assert told[-1] is False
    assert health.state is State.OK or health.reason == WHY
