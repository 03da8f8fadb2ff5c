"""Programs that use a sound server, as far as ready ones cannot be told to: corked, or with a level meter."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from tests.support.turning import turn_until
from tray_agent.platforms.linux.pulse_tags import Reader, arbitrary, number
from tray_agent.platforms.linux.pulse_wire import PulseWire
from tray_agent.ports import State
from tray_agent.shell.loop import SelectorLoop

CREATE_PLAYBACK_STREAM, CREATE_RECORD_STREAM = 3, 5
CORK_PLAYBACK_STREAM, CORK_RECORD_STREAM = 41, 58
S16_BIG_ENDIAN, MONO = 4, 0
ANY_DEVICE, ANY_SIZE = 0xFFFF_FFFF, 0xFFFF_FFFF
FULL_VOLUME = 0x10000


@dataclass(frozen=True, slots=True)
class How:
    """What a stream is like; `peaks` asks for a level meter's."""

    rate: int = 44100
    corked: bool = False
    peaks: bool = False
    title: bytes = b"a test"


PLAIN = How()


class SoundClient:
    """A stream of our own making on the server at `door`, from its making to `close`."""

    def __init__(
        self,
        loop: SelectorLoop,
        door: Path,
        how: How = PLAIN,
        *,
        device: str = "mic",
        plays: bool = False,
    ) -> None:
        self._loop = loop
        self._plays = plays
        self._ready = False
        self._wire = PulseWire(loop, door, self._open, lambda _about: None, self._lost)
        turn_until(loop, lambda: self._ready, "a client's login")
        body = (_playback if plays else _recording)(device, how)
        self._stream = self._ask(CREATE_PLAYBACK_STREAM if plays else CREATE_RECORD_STREAM, body)

    def cork(self, *, on: bool) -> None:
        """Let the stream stand still, or go on."""
        command = CORK_PLAYBACK_STREAM if self._plays else CORK_RECORD_STREAM
        self._ask(command, number(self._stream) + _flags(on))

    def close(self) -> None:
        """Leave the server, and the stream with it."""
        self._wire.close()

    def _open(self) -> None:
        self._ready = True

    def _lost(self, _state: State, reason: str) -> None:
        if not self._ready:
            raise AssertionError(reason)

    def _ask(self, command: int, body: bytes) -> int:
        """Send the command and wait for the first number of its answer, 0 if it has none."""
        answers: list[int] = []

        def answered(said: Reader) -> None:
            answers.append(said.number() if said.more else 0)

        def refused(code: int) -> None:
            raise AssertionError(f"the sound server refused command {command} with {code}")

        self._wire.ask(command, body, answered, refused)
        turn_until(self._loop, lambda: answers, f"the answer to command {command}")
        return answers[0]


def _flags(*values: object) -> bytes:
    return b"".join(b"1" if value else b"0" for value in values)


def _sound(rate: int) -> bytes:
    return struct.pack(">cBBI", b"a", S16_BIG_ENDIAN, 1, rate) + struct.pack(">cBB", b"m", 1, MONO)


def _title(title: bytes) -> bytes:
    value = title + b"\0"
    return b"Pt" + b"media.name\0" + number(len(value)) + arbitrary(value) + b"N"


def _device(name: str) -> bytes:
    return number(ANY_DEVICE) + b"t" + name.encode() + b"\0"


AS_IT_COMES = _flags(*[False] * 7)


def _recording(device: str, how: How) -> bytes:
    parts = (
        _sound(how.rate),
        _device(device),
        number(ANY_SIZE),
        _flags(how.corked),
        number(ANY_SIZE),
        AS_IT_COMES,
        _flags(how.peaks, False),
        _title(how.title),
        number(ANY_DEVICE),
        _flags(False, False, False),
    )
    return b"".join(parts)


def _playback(device: str, how: How) -> bytes:
    parts = (
        _sound(how.rate),
        _device(device),
        number(ANY_SIZE),
        _flags(how.corked),
        number(ANY_SIZE) * 3,
        number(0),
        struct.pack(">cBI", b"v", 1, FULL_VOLUME),
        AS_IT_COMES,
        _flags(False, False),
        _title(how.title),
        _flags(*[False] * 7),
    )
    return b"".join(parts)
