from __future__ import annotations

from typing import Any

import pytest

from tray_agent.core.ledger import Today
from tray_agent.core.model import Because, Dose
from tray_agent.shell import report


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0, "0"), (60.0, "60"), (0.1, "0.1"), (59.99951, "60.0"), (1.23456, "1.235")]
)
def test_seconds_are_short(value: float, shown: str) -> None:
    assert str(report.seconds(value)) == shown


def test_reasons_are_codes_with_values() -> None:
    reasons = (
        Because("sitting", {"sitting_s": 2700.0, "interval_s": 2700.5, "kind": "glutes"}),
        Because("idle"),
    )
    assert report.because(reasons) == [
        {"code": "sitting", "values": {"sitting_s": 2700, "interval_s": 2700.5, "kind": "glutes"}},
        {"code": "idle", "values": {}},
    ]


def test_the_day_in_whole_seconds() -> None:
    day = Today(
        sitting_s=7200.4,
        longest_bout_s=3599.6,
        standing_s=60.2,
        breaks=1,
        prompts=5,
        started=2,
        snoozed=3,
        skipped=4,
        ignored=6,
        hip_flexor=Dose(left_s=30.4, right_s=29.6),
        glutes=Dose(sets=2, reps=20),
        dose_standing_s=180.2,
    )
    assert report.today(day) == {
        "sitting_s": 7200,
        "longest_bout_s": 3600,
        "standing_s": 60,
        "breaks": 1,
        "prompts": 5,
        "started": 2,
        "snoozed": 3,
        "skipped": 4,
        "ignored": 6,
        "dose": {
            "hip_flexor": {"left_s": 30, "right_s": 30},
            "glutes": {"sets": 2, "reps": 20},
            "standing_s": 180,
        },
    }


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            {"kind": "estimate", "t": 3661.5, "posture": "seated", "sitting_s": 2410, "confidence": 0.88},
            "1:01:01  estimate: seated, sitting about 40 min, 88% sure",
        ),
        (
            {"kind": "break", "start": 60, "end": 360, "cause": "idle"},
            "0:06:00  break: off the chair since 0:01:00, about 5 min (idle)",
        ),
        (
            {"kind": "break", "start": 60, "end": None, "cause": "lock"},
            "0:01:00  break: off the chair from here on (lock)",
        ),
        (
            {"kind": "prompt", "t": 36000, "prompt": "glutes", "insistence": "icon", "because": []},
            "10:00:00  prompt: glutes, by icon",
        ),
        ({"kind": "quiet", "t": 0, "reasons": ["call", "dnd"]}, "0:00:00  quiet: call, dnd"),
        ({"kind": "quiet", "t": 0, "reasons": []}, "0:00:00  quiet is over"),
        (
            {"kind": "summary", **report.today(Today(sitting_s=7200, longest_bout_s=3600, breaks=2))},
            (
                "In all: sat about 120 min, at most 60 at a stretch. Breaks: 2."
                " Prompts: 0 (started 0, snoozed 0, skipped 0, ignored 0)."
                " Stretched: 0 s left, 0 s right. Glute sets: 0. Stood: 0 min."
            ),
        ),
    ],
)
def test_a_line_of_a_replay_in_words(line: dict[str, Any], words: str) -> None:
    assert report.in_words(line) == words
