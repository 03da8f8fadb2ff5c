import io
import itertools
import struct
import wave

import pytest

from tray_agent.ui.breaks.tones import LOUDEST, TUNES, Kind, sound


def samples(kind: Kind) -> tuple[list[int], int]:
    with wave.open(io.BytesIO(sound(kind))) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        raw = file.readframes(file.getnframes())
        return list(struct.unpack(f"<{len(raw) // 2}h", raw)), file.getframerate()


@pytest.mark.parametrize("kind", TUNES)
def test_a_sound_is_short_soft_and_begins_and_ends_without_a_click(kind: Kind) -> None:
    heard, rate = samples(kind)
    assert 0.5 < len(heard) / rate < 1.5
    assert max(map(abs, heard)) == pytest.approx(LOUDEST * 32_767, abs=2)
    assert abs(heard[0]) < 50 and max(map(abs, heard[-20:])) < 50
    steepest = max(abs(one - other) for one, other in itertools.pairwise(heard))
    assert steepest < 32_767 / 6


def test_each_turn_of_a_break_has_a_sound_of_its_own() -> None:
    assert len({sound(kind) for kind in TUNES}) == 3
    assert [len(notes) for notes in TUNES.values()] == [2, 1, 3]


def loudness(kind: Kind, at_s: float) -> float:
    heard, rate = samples(kind)
    part = heard[round(at_s * rate) : round((at_s + 0.05) * rate)]
    return sum(map(abs, part)) / len(part)


def test_a_note_fades() -> None:
    assert loudness("switch", 0.03) > 2 * loudness("switch", 0.3) > 4 * loudness("switch", 0.6)
