"""What a sound server answers, written by hand; every name in it is bytes that cannot be decoded."""

from __future__ import annotations

import struct

from tray_agent.platforms.linux.pulse_tags import arbitrary, number

NO_TEXT = b"\xff\xfe\xfd"
"""A name that cannot be decoded: whoever tries, fails."""

NAME = b"t" + NO_TEXT + b"\0"
NOTHING = b"N"
SOUND = struct.pack(">cBBI", b"a", 3, 2, 44100)
STEREO = struct.pack(">cBBB", b"m", 2, 1, 2)
VOLUME = struct.pack(">cBII", b"v", 2, 0x10000, 0x10000)
TIME = struct.pack(">cQ", b"U", 12)
ABOUT = b"P" + 2 * (NAME + number(3) + arbitrary(NO_TEXT)) + b"N"
METHOD = b"tcopy\0"


def recording(
    client: int = 7,
    device: int = 1,
    *,
    corked: bool = False,
    rate: int = 44100,
    method: bytes = METHOD,
    title: bytes = NAME,
) -> bytes:
    """One entry of an answer to GET_SOURCE_OUTPUT_INFO_LIST."""
    sound = struct.pack(">cBBI", b"a", 3, 2, rate)
    before = number(4) + title + number(2) + number(client) + number(device) + sound + STEREO
    return before + TIME + TIME + method + NAME + ABOUT + (b"1" if corked else b"0")


def playback(client: int = 7, *, corked: bool = False) -> bytes:
    """One entry of an answer to GET_SINK_INPUT_INFO_LIST."""
    before = number(4) + NAME + number(2) + number(client) + number(1) + SOUND + STEREO + VOLUME
    return before + TIME + TIME + METHOD + NAME + b"0" + ABOUT + (b"1" if corked else b"0")


def source(monitor_of: int) -> bytes:
    """An answer to GET_SOURCE_INFO; `NOWHERE` for a microphone."""
    about = number(1) + NAME + NOTHING + SOUND + STEREO + number(2) + VOLUME + b"0"
    return about + number(monitor_of) + NAME + TIME + b"whatever else there may be"
