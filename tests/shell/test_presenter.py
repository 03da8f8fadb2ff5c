"""What people see of a view: the icon, the line, the note, `status` as JSON."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from tests.support.schemas import problems
from tests.support.timeline import Playbook
from tray_agent.core.engine import View
from tray_agent.core.ledger import Today
from tray_agent.core.model import (
    Because,
    Estimate,
    Insistence,
    Kind,
    Posture,
    Presence,
    Prompt,
    Reason,
)
from tray_agent.ports import Health, State
from tray_agent.shell import presenter

PROMPT = Prompt(7, Kind.HIP_FLEXOR, Insistence.NOTIFY, 2700.0, (Because("sitting"),), 2)
OK = Health("tray", State.OK, "status_notifier")


def seated(sitting_min: float, due_in_min: float | None = None) -> View:
    """Somebody who has been sitting for so long at 0:50 of the axis."""
    now = 3000.0
    estimate = Estimate(
        Posture.SEATED, Presence.PRESENT, 0.0, sitting_min * 60, 0.9, (Because("input", {"idle_s": 3.0}),)
    )
    return View(
        now=now,
        estimate=estimate,
        quiet=(),
        paused=False,
        paused_until=None,
        prompt=None,
        owed=False,
        next_kind=Kind.STAND_UP,
        next_at=None if due_in_min is None else now + due_in_min * 60,
        today=Today(),
        known_since=0.0,
        last_absence=None,
        routine=None,
    )


def test_why_tells_times_of_the_wall_and_lengths_in_seconds() -> None:
    day = Playbook()
    day.begins("call", "0:30")
    day.works("0:30", "1:20")
    held = presenter.why(day.view, lambda t: 1.77e9 + t)
    assert (held["owed"], held["last_prompt"]) == (True, None)
    assert (held["last_held"]["until"], held["last_held"]["lasted_s"]) == (None, 300)
    day.ends("call", "1:20")
    day.works("1:20:20", "1:20:50")
    day.answers("start", "1:21")
    told = presenter.why(day.view, lambda t: 1.77e9 + t)
    assert problems("why", told) == []
    asked, held = told["last_prompt"], told["last_held"]
    at = datetime.fromisoformat(asked["at"]).timestamp() - 1.77e9
    assert (at, asked["waited_s"], asked["outcome"]) == (4815, 315, "started")
    assert [reason["code"] for reason in asked["waited_for"]] == ["call"]
    assert datetime.fromisoformat(asked["ended_at"]).timestamp() - 1.77e9 == 4860
    assert (held["ended_by"], held["until"], held["lasted_s"]) == ("prompt", asked["at"], 315)
    assert told["now"]["rule"] == "input"
    assert told["now"]["would_change"][0] == {"code": "no_input", "values": {"in_s": 130}}
    assert told["now"]["thresholds"]["idle_threshold_s"] == 150


def posed(posture: Posture) -> View:
    view = seated(0)
    return replace(view, estimate=replace(view.estimate, posture=posture))


def test_the_line_says_how_long_and_when() -> None:
    line = presenter.status_line(seated(41, due_in_min=4.2))
    assert line == "Sitting about 40 min, break in about 4 min"


def test_the_line_says_what_is_due() -> None:
    assert presenter.status_line(replace(seated(50), prompt=PROMPT)).endswith("time for a break")
    assert presenter.status_line(replace(seated(50), owed=True)).endswith("a break is due")


@pytest.mark.parametrize(
    ("view", "look"),
    [
        (seated(10), "sitting"),
        (replace(seated(50), prompt=PROMPT), "prompt"),
        (replace(seated(10), paused=True), "paused"),
        (posed(Posture.STANDING), "standing"),
        (posed(Posture.UNKNOWN), "unknown"),
        (replace(seated(10), quiet=(Reason.CALL,)), "quiet"),
        (replace(seated(10), quiet=(Reason.DAY_START,)), "sitting"),
    ],
)
def test_the_icon_shows_the_state(view: View, look: str) -> None:
    assert presenter.face(view).look == look


def test_the_ring_fills_as_the_bout_grows() -> None:
    rings = [presenter.face(seated(sat, due_in_min=45 - sat)).progress for sat in (0, 15, 30, 44)]
    assert rings == [0.0, 5 / 16, 10 / 16, 15 / 16]
    assert presenter.face(seated(60, due_in_min=-15)).progress == 1.0


def test_status_has_the_contract_s_keys() -> None:
    view = replace(seated(50, due_in_min=-5), prompt=PROMPT, quiet=(Reason.SPACING,))
    status = presenter.status(view, lambda t: t, "1.2.3", sensors=[OK], tray=OK, notifier=OK)
    assert set(status) == {
        "version", "posture", "presence", "sitting_s", "confidence", "because", "quiet", "paused_until",
        "prompt", "next", "today", "sensors", "tray", "notifier",
    }  # fmt: skip
    assert status["prompt"] == {"id": 7, "kind": "hip_flexor", "insistence": "notify", "shown_s": 300}
    assert status["next"] == {
        "kind": "stand_up",
        "due_in_s": 0,
        "because": [{"code": "spacing", "values": {}}],
    }
    assert status["tray"] == {"backend": "status_notifier", "state": "ok", "reason": None}


def test_a_pause_has_an_end_or_none() -> None:
    paused = replace(seated(5), paused=True)
    assert presenter.paused_until(seated(5), lambda t: t) is None
    assert presenter.paused_until(paused, lambda t: t) == "indefinite"
    at = datetime(2026, 3, 2, 14, 30, tzinfo=UTC).timestamp()
    until = presenter.paused_until(replace(paused, paused_until=3600.0), lambda _t: at)
    assert until is not None
    assert datetime.fromisoformat(until).timestamp() == at


def test_a_moment_short_of_a_full_minute_is_told_as_that_minute() -> None:
    assert presenter.iso(86459.996)[17:19] == "00"
    assert presenter.iso(86460.4)[17:19] == "00"
