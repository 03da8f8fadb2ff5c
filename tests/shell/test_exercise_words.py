from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from tray_agent.core.model import Condition, Position
from tray_agent.shell import exercise_words as words
from tray_agent.shell.exercise_text import Dose, Evidence, Muscle, Supports, Tempo, Use

SLOW = Tempo(there_s=1.5, hold_s=0, back_s=2)


@pytest.mark.parametrize(
    ("say", "codes"),
    [
        (words.use, Use),
        (words.position, Position),
        (words.desk, "ABC"),
        (words.muscle, Muscle),
        (words.condition, Condition),
        (words.supports, Supports),
        (words.evidence, Evidence),
    ],
)
def test_every_code_has_words_of_its_own(say: Callable[[str], str], codes: Iterable[str]) -> None:
    told = [say(code) for code in codes]
    assert len(set(told)) == len(told)
    assert not any("_" in line for line in told)


def test_words_come_in_the_persons_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_", str.upper)
    assert words.muscle("calves") == "CALVES"


@pytest.mark.parametrize(
    ("dose", "sided", "told"),
    [
        (Dose(hold_s=30, sets=2, days_a_week=7), True, "hold for 30 s, 2 sets, each side, every day"),
        (Dose(hold_s=(20, 30), sets=3), True, "hold for 20 to 30 s, 3 sets, each side"),
        (Dose(hold_s=300, times_a_day=1), False, "hold for 5 min, once a day"),
        (Dose(go_on_s=(120, 300)), False, "go on for 2 to 5 min"),
        (Dose(go_on_s=(60, 300)), False, "go on for 60 to 300 s"),
        (Dose(reps=1, tempo=SLOW, times_a_day=(2, 3)), False, "1 time, 2 to 3 times a day"),
        (
            Dose(reps=(8, 12), tempo=SLOW, sets=(1, 3), rest_s=(30, 60), days_a_week=(3, 5)),
            False,
            "8 to 12 times, 1 to 3 sets, 30 to 60 s of rest between sets, 3 to 5 days a week",
        ),
        (Dose(hold_s=10, rest_s=60, days_a_month=1), True, "hold for 10 s, each side, 1 day a month"),
    ],
)
def test_a_dose_in_a_line(dose: Dose, told: str, *, sided: bool) -> None:
    assert words.dose(dose, sided=sided) == told


def test_a_pace_in_a_line() -> None:
    assert words.tempo(SLOW) == "3.5 s each: 1.5 s into the position, 0 s held, 2 s back"


def test_an_amount_has_two_ends() -> None:
    assert words.ends(3) == (3, 3)
    assert words.ends((3, 5)) == (3, 5)
