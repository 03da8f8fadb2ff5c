"""Who records and plays, on a Mac that lists processes and on one that does not yet."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from ctypes import c_void_p

import pytest

from tests.support.macos import coreaudio as known
from tests.support.macos.c_library import provide
from tests.support.macos.coreaudio import SYSTEM, Played, core_audio
from tray_agent.platforms.asked import Found
from tray_agent.platforms.macos import core_foundation, hardware
from tray_agent.platforms.macos.sound import PLAYED_OR_RECORDED, played, recorded
from tray_agent.ports import Unavailable

US, A_CALL, A_PLAYER = 30, 31, 32


@pytest.fixture
def mac(monkeypatch: pytest.MonkeyPatch) -> Played:
    mac = Played()
    provide(monkeypatch, CoreAudio=core_audio(mac), CoreFoundation=mac.things.core_foundation())
    return mac


@pytest.fixture
def sonoma(mac: Played) -> Played:
    """Since macOS 14."""
    mac.puts(SYSTEM, known.PROCESS_LIST, US, A_CALL, A_PLAYER)
    for process, pid in ((US, os.getpid()), (A_CALL, 501), (A_PLAYER, 502)):
        mac.puts(process, known.PROCESS_PID, pid)
        mac.names(process, known.PROCESS_BUNDLE, "org.example.private")
        mac.puts(process, known.RUNNING_INPUT, 0)
        mac.puts(process, known.RUNNING_OUTPUT, 0)
    return mac


@pytest.fixture
def ventura(mac: Played) -> Played:
    """Before."""
    mac.puts(SYSTEM, known.DEFAULT_INPUT, 70)
    mac.puts(SYSTEM, known.DEFAULT_OUTPUT, 71)
    mac.puts(70, known.RUNNING_SOMEWHERE, 0)
    mac.puts(71, known.RUNNING_SOMEWHERE, 0)
    return mac


def test_in_silence_there_is_neither(sonoma: Played) -> None:
    assert recorded() == Found(on=False)
    assert played() == Found(on=False)


@pytest.mark.parametrize(
    ("who", "how", "records", "plays"),
    [
        (A_CALL, known.RUNNING_INPUT, True, False),
        (A_PLAYER, known.RUNNING_OUTPUT, False, True),
        (US, known.RUNNING_INPUT, False, False),
        (US, known.RUNNING_OUTPUT, False, False),
    ],
)
def test_direction_and_owner_are_told_apart(
    sonoma: Played, who: int, how: int, records: bool, plays: bool
) -> None:
    sonoma.puts(who, how, 1)
    assert recorded() == Found(on=records)
    assert played() == Found(on=plays)


def test_a_process_that_ends_while_it_is_asked_is_no_recording(sonoma: Played) -> None:
    del sonoma.properties[A_CALL]
    assert recorded() == Found(on=False)


def test_whoever_waits_for_siri_is_no_call(sonoma: Played) -> None:
    sonoma.puts(A_PLAYER, known.RUNNING_INPUT, 1)
    sonoma.names(A_PLAYER, known.PROCESS_BUNDLE, "com.apple.CoreSpeech")
    assert recorded() == Found(on=False)
    sonoma.puts(A_CALL, known.RUNNING_INPUT, 1)
    assert recorded() == Found(on=True)


def test_one_without_a_name_counts(sonoma: Played) -> None:
    sonoma.puts(A_CALL, known.RUNNING_INPUT, 1)
    del sonoma.properties[A_CALL][known.PROCESS_BUNDLE]
    assert recorded() == Found(on=True)


def test_a_name_is_compared_where_python_does_not_see_it_and_given_back(
    sonoma: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    sonoma.puts(A_CALL, known.RUNNING_INPUT, 1)
    seen: list[type] = []
    kept = core_foundation.kept

    def watched(thing: c_void_p) -> AbstractContextManager[c_void_p]:
        seen.append(type(thing))
        return kept(thing)

    monkeypatch.setattr(hardware, "kept", watched)
    recorded()
    assert seen == [c_void_p, c_void_p], "addresses, and no text"
    assert sonoma.things.held == {}


def test_silent_programs_are_not_asked_for_their_names(sonoma: Played) -> None:
    recorded()
    assert sonoma.asked == {known.PROCESS_LIST, known.RUNNING_INPUT}


@pytest.mark.parametrize(("asks", "device"), [(recorded, 70), (played, 71)])
def test_before_macos_14_the_device_is_asked_and_doubted(
    ventura: Played, asks: Callable[[], Found], device: int
) -> None:
    assert asks() == Found(on=False, doubt=PLAYED_OR_RECORDED)
    ventura.puts(device, known.RUNNING_SOMEWHERE, 1)
    assert asks() == Found(on=True, doubt=PLAYED_OR_RECORDED)


def test_a_mac_without_a_microphone_records_nothing(ventura: Played) -> None:
    ventura.puts(SYSTEM, known.DEFAULT_INPUT, 0)
    assert not recorded().on


def test_without_the_framework_it_cannot_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    provide(monkeypatch)
    with pytest.raises(Unavailable, match="no CoreAudio"):
        recorded()
