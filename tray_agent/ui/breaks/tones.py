"""The three soft sounds of a break, made here note by note."""

from __future__ import annotations

import io
import math
import wave
from array import array
from dataclasses import dataclass
from functools import cache
from typing import Literal

Kind = Literal["begin", "switch", "done"]

RATE = 16_000
LOUDEST = 0.3
"""Of full scale, so that no headphone startles anybody."""

_RISE_S, _LAST_S = 0.02, 0.9
_FADE_S = 0.22
"""In which a note loses two thirds of its loudness."""


@dataclass(frozen=True, slots=True)
class Note:
    """A tone of `pitch` hertz that begins `at` seconds into the sound."""

    at: float
    pitch: float


_D, _F, _A, _HIGH_D = 293.66, 369.99, 440.0, 587.33

TUNES: dict[Kind, tuple[Note, ...]] = {
    "begin": (Note(0.0, _D), Note(0.18, _A)),
    "switch": (Note(0.0, _F),),
    "done": (Note(0.0, _A), Note(0.16, _F), Note(0.32, _HIGH_D)),
}
"""Different in shape, not in pitch alone: rising, single, three."""


@cache
def sound(kind: Kind) -> bytes:
    """The sound as a whole WAV file: one channel, 16 bits."""
    notes = TUNES[kind]
    samples = [0.0] * round((notes[-1].at + _LAST_S) * RATE)
    for note in notes:
        start = round(note.at * RATE)
        for i in range(round(_LAST_S * RATE)):
            samples[start + i] += _loudness(i / RATE) * _tone(note.pitch, i / RATE)
    return _file(samples)


def _loudness(t: float) -> float:
    """Rises fast yet without a click, fades like a struck bell, and is silent at the end."""
    return min(1.0, t / _RISE_S) * math.exp(-t / _FADE_S) * (1 - t / _LAST_S)


def _tone(pitch: float, t: float) -> float:
    turn = 2 * math.pi * pitch * t
    return math.sin(turn) + 0.2 * math.sin(2 * turn)


def _file(samples: list[float]) -> bytes:
    scale = LOUDEST * 32_767 / max(map(abs, samples))
    whole = io.BytesIO()
    with wave.open(whole, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(array("h", (round(scale * sample) for sample in samples)).tobytes())
    return whole.getvalue()
