from typing import Any

import msgspec
import pytest

from tests.support.briefs import FIRST, LEFT, LIFTS, RIGHT, SECOND, WALK
from tray_agent.ui.breaks import phase_words
from tray_agent.ui.breaks.brief import Step
from tray_agent.ui.breaks.sequence import Sequence


def sequence(*raw: dict[str, Any], limit: float | None = 1.0, **more: Any) -> Sequence:
    return Sequence(tuple(msgspec.convert(each, Step) for each in raw), limit, **more)


@pytest.mark.parametrize(
    ("now", "headline", "announcement"),
    [
        (
            sequence(LEFT),
            "Get ready",
            f"Get ready: Split-stance stretch, left side, 30 seconds. {' '.join(LEFT['text'])}",
        ),
        (sequence(LEFT, preparing=False), "Hold", "Left side. Hold for 30 seconds."),
        (sequence(WALK, preparing=False), "Keep going", "Keep going for 90 seconds."),
        (sequence(LEFT, RIGHT, index=1), "Switch sides", "Switch sides. Right side."),
        (sequence(FIRST, SECOND, index=1), "Rest", "Rest for 30 seconds."),
        (sequence(FIRST, SECOND, index=1, limit=None), "Rest", "Rest as long as you like."),
        (sequence(LIFTS, preparing=False), "Move", "10 times, at the pace shown."),
        (sequence(LEFT, index=1), "That is it.", "That is it."),
    ],
)
def test_each_phase_has_its_words(now: Sequence, headline: str, announcement: str) -> None:
    assert phase_words.headline(now) == headline
    assert phase_words.announcement(now) == announcement


@pytest.mark.parametrize(
    ("now", "figure", "caption"),
    [
        (sequence(LEFT, preparing=False, elapsed_s=3.4), "27", "seconds left"),
        (sequence(LEFT, preparing=False, elapsed_s=29.5), "1", "second left"),
        (sequence({**LEFT, "seconds": 180.0}, preparing=False), "3:00", "left"),
        (sequence(LIFTS, preparing=False, elapsed_s=11.0), "3", "of 10"),
        (sequence(LEFT, limit=None), "", "when you are ready"),
    ],
)
def test_the_count_goes_with_the_phase(now: Sequence, figure: str, caption: str) -> None:
    assert phase_words.count(now) == (figure, caption)


def test_the_headline_of_a_rep_follows_its_beat() -> None:
    now = sequence(LIFTS, preparing=False)
    seen = []
    for _third in range(3):
        seen.append(phase_words.headline(now))
        now.advance(5.0 / 3 + 0.001)
    assert seen == ["Move", "Hold", "Return"]


def test_where_one_is_and_what_comes() -> None:
    now = sequence(LEFT, RIGHT)
    assert phase_words.where(now) == "Step 1 of 2"
    assert phase_words.coming(now) == "Next: Split-stance stretch, right side, 30 seconds"
    now.skip()
    assert (phase_words.where(now), phase_words.coming(now)) == ("Step 2 of 2", "Last step")
    assert (phase_words.where(sequence(LEFT)), phase_words.coming(sequence(LEFT))) == ("", "")


def test_sets_are_counted_where_there_are_several() -> None:
    assert phase_words.set_words(sequence(SECOND).step) == "Set 2 of 2"
    assert phase_words.set_words(sequence(LIFTS).step) == ""


def test_steps_in_one_phrase() -> None:
    assert phase_words.step_words(sequence(LIFTS).step) == "Leg lift, 10 times"
    assert phase_words.step_words(sequence(RIGHT).step) == "Split-stance stretch, right side, 30 seconds"


def test_durations_as_people_say_them() -> None:
    assert phase_words.duration_words(1.0) == "1 second"
    assert phase_words.duration_words(45.0) == "45 seconds"
    assert phase_words.duration_words(180.0) == "3 minutes"
