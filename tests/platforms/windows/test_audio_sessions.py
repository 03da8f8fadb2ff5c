"""Core Audio's sessions: objects called as COM calls them, and real ones.

The tests with a `stream` record and play on Wine's devices, which it has where a sound server runs
(PULSE_SERVER).  Its sessions are real ones with real states, but Wine 8 has no enumerator of them
(E_NOTIMPL): the whole way from the enumerator of devices on is gone over objects that keep the SDK's
tables.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ctypes import POINTER, byref, c_int, c_longlong, c_ulong, c_void_p

import pytest

from tests.support.fake_core_audio import CoreAudio, Device, Session
from tray_agent.platforms.windows import audio_sessions
from tray_agent.platforms.windows.audio_sessions import (
    I_SESSION_CONTROL_2,
    I_SESSION_MANAGER_2,
    Flow,
    any_active,
    recorded,
)
from tray_agent.platforms.windows.com import IN_ANY_WAY, Guid, apartment, create, given, method, number

assert sys.platform == "win32"

INACTIVE, ACTIVE, EXPIRED = 0, 1, 2
ACTIVE_DEVICES = 1
NOT_IMPLEMENTED, UNPLUGGED = -0x7FFFBFFF, 0x88890004 - (1 << 32)


def audio(recording: Sequence[Device] = (), playing: Sequence[Device] = ()) -> CoreAudio:
    interfaces = {
        "session_manager": bytes(I_SESSION_MANAGER_2),
        "session_control": bytes(I_SESSION_CONTROL_2),
    }
    return CoreAudio({Flow.PLAYED: playing, Flow.RECORDED: recording}, interfaces)


def finds(core: CoreAudio, flow: Flow = Flow.RECORDED) -> bool:
    """The answer, after which nothing is held and nothing was asked that must not be."""
    try:
        return any_active(core.enumerator().pointer, flow)
    finally:
        assert core.held() == 0
        assert core.trapped() == []


def test_a_running_stream_is_a_recording_and_others_are_not() -> None:
    assert finds(audio([Device([Session(INACTIVE), Session(ACTIVE)])]))
    assert not finds(audio([Device([Session(INACTIVE), Session(EXPIRED)]), Device()]))
    assert not finds(audio())


def test_the_second_device_is_looked_at_too() -> None:
    assert finds(audio([Device([Session(INACTIVE)]), Device([Session(ACTIVE)])]))


def test_each_way_of_sound_is_asked_of_devices_that_are_plugged_in() -> None:
    core = audio(recording=[Device([Session(ACTIVE)])], playing=[Device([Session(INACTIVE)])])
    assert not finds(core, Flow.PLAYED)
    assert finds(core, Flow.RECORDED)
    assert core.asked == [(0, ACTIVE_DEVICES), (1, ACTIVE_DEVICES)]


def test_the_systems_own_sounds_are_nobodys() -> None:
    assert not finds(audio(playing=[Device([Session(ACTIVE, system_sounds=True)])]), Flow.PLAYED)


def test_a_device_that_is_unplugged_meanwhile_is_passed_over() -> None:
    assert not finds(audio([Device(fails=UNPLUGGED)]))
    assert finds(audio([Device(fails=UNPLUGGED), Device([Session(ACTIVE)])]))


def test_one_that_fails_otherwise_matters_only_where_no_other_records() -> None:
    assert finds(audio([Device(fails=NOT_IMPLEMENTED), Device([Session(ACTIVE)])]))
    with pytest.raises(OSError) as failure:
        finds(audio([Device(fails=NOT_IMPLEMENTED), Device([Session(INACTIVE)])]))
    assert failure.value.winerror == NOT_IMPLEMENTED


I_CLIENT = Guid.of("1CB9AD4C-DBFA-4C32-B178-C2F568A703B2")
OURS = Guid.of("3E8A2C57-90B1-4D5C-A1E2-77D0C5B0F6A9")
_initialize = method(3, "Initialize", c_int, c_ulong, c_longlong, c_longlong, c_void_p, POINTER(Guid))
_format = method(8, "GetMixFormat", POINTER(c_void_p))
_start, _stop = method(10, "Start"), method(11, "Stop")
_control = method(3, "GetAudioSessionControl", POINTER(Guid), c_ulong, POINTER(c_void_p))
SECOND = 10_000_000


@contextmanager
def stream(flow: Flow) -> Iterator[tuple[c_void_p, c_void_p]]:
    """A stream of ours on the first device, and its session."""
    with (
        apartment(),
        given(create, audio_sessions.DEVICE_ENUMERATOR, audio_sessions.I_DEVICE_ENUMERATOR) as enumerator,
        given(audio_sessions._devices, enumerator, flow, ACTIVE_DEVICES) as devices,
    ):
        assert number(audio_sessions._device_count, devices), "no sound: run beside a sound server"
        with (
            given(audio_sessions._device, devices, 0) as device,
            given(audio_sessions._activate, device, byref(I_CLIENT), IN_ANY_WAY, None) as client,
            given(audio_sessions._activate, device, byref(I_SESSION_MANAGER_2), IN_ANY_WAY, None) as manager,
        ):
            sound_format = c_void_p()
            _format(client, byref(sound_format))
            _initialize(client, 0, 0, SECOND, 0, sound_format, byref(OURS))
            with given(_control, manager, byref(OURS), 0) as session:
                yield client, session


@pytest.mark.parametrize("flow", Flow)
def test_a_real_session_is_active_while_its_stream_runs(flow: Flow) -> None:
    with stream(flow) as (client, session):
        assert not audio_sessions._runs(session)
        _start(client)
        assert audio_sessions._runs(session)
        _stop(client)
        assert not audio_sessions._runs(session)


def test_what_wine_cannot_enumerate_fails_as_an_error_and_not_as_an_answer() -> None:
    with stream(Flow.RECORDED) as (client, _session), apartment():
        _start(client)
        with pytest.raises(OSError) as failure:
            recorded()
    assert failure.value.winerror == NOT_IMPLEMENTED
    assert ctypes.c_ulong(NOT_IMPLEMENTED).value == 0x80004001
