"""The watch on the real registry."""

from __future__ import annotations

import sys
import winreg
from collections.abc import Iterator
from threading import Event

import pytest

from tests.support.reachable import keeps
from tests.support.turning import turn_until
from tests.support.waiting import wait_until
from tests.support.win32_consents import Consents
from tray_agent.platforms.windows import consent_watch
from tray_agent.platforms.windows.consent_store import Use
from tray_agent.platforms.windows.consent_watch import ConsentWatch
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"


class Heard:
    """A watch and all that it told."""

    def __init__(self, loop: SelectorLoop, consents: Consents) -> None:
        self.loop = loop
        self.all: list[tuple[Use | None, bool]] = []
        self.watch = ConsentWatch(loop, "webcam", lambda *news: self.all.append(news), consents.store)

    def until(self, *last: object) -> None:
        turn_until(self.loop, lambda: self.all and self.all[-1] == last, f"the watch to tell {last}")


@pytest.fixture
def heard(loop: SelectorLoop, consents: Consents) -> Iterator[Heard]:
    heard = Heard(loop, consents)
    heard.until(Use.NOBODY, False)
    yield heard
    heard.watch.close()
    heard.watch._thread.join(10)
    assert not heard.watch._thread.is_alive()


def test_a_beginning_and_an_end_are_told_without_a_look(heard: Heard, consents: Consents) -> None:
    consents.begins("webcam")
    heard.until(Use.SOMEBODY, False)
    consents.ends("webcam")
    heard.until(Use.NOBODY, False)
    consents.begins("webcam")
    heard.until(Use.SOMEBODY, False)
    assert len(heard.all) == 4


def test_a_look_is_answered_also_when_nothing_has_changed(heard: Heard, consents: Consents) -> None:
    for _ in range(3):
        heard.all.clear()
        heard.watch.look()
        heard.until(Use.NOBODY, True)
    consents.begins("webcam")
    heard.until(Use.SOMEBODY, False)


def test_the_use_of_something_else_is_not_told(heard: Heard, consents: Consents) -> None:
    consents.begins("microphone")
    heard.watch.look()
    heard.until(Use.NOBODY, True)
    assert heard.all == [(Use.NOBODY, False), (Use.NOBODY, True)]


def test_what_windows_does_not_note_cannot_be_told_until_it_does(heard: Heard, consents: Consents) -> None:
    consents.remove("webcam")
    heard.until(None, False)
    heard.watch.look()
    heard.until(None, True)
    consents.make("webcam")
    heard.watch.look()
    heard.until(Use.NOBODY, True)
    consents.begins("webcam")
    heard.until(Use.SOMEBODY, False)


def test_nothing_is_told_after_the_end(heard: Heard, consents: Consents) -> None:
    heard.watch.look()
    heard.watch.close()
    heard.watch.close()
    heard.watch.look()
    wait_until(lambda: not heard.watch._thread.is_alive(), "the thread to go home")
    heard.loop.step(0)
    assert heard.all == [(Use.NOBODY, False)]


def test_closed_with_its_loop_while_it_reads_it_goes_home_in_silence(
    consents: Consents, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads, may_go_on = Event(), Event()

    def slowly(_store: winreg.HKEYType) -> Use:
        reads.set()
        may_go_on.wait(10)
        return Use.SOMEBODY

    monkeypatch.setattr(consent_watch, "use", slowly)
    loop = SelectorLoop()
    heard = Heard(loop, consents)
    assert reads.wait(10)
    heard.watch.close()
    loop.close()
    may_go_on.set()
    heard.watch._thread.join(10)  # what ends a thread unexpectedly fails the test
    assert not heard.watch._thread.is_alive()
    assert heard.all == []


def test_no_programs_name_is_kept(heard: Heard, consents: Consents) -> None:
    consents.begins("webcam")
    heard.until(Use.SOMEBODY, False)
    for name in ("Rosebud", "rosebud"):
        assert not keeps(heard.watch, name)
