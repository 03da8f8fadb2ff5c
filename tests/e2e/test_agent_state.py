"""Killed at any moment and started again: what an agent still knows."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

import pytest
from jeepney import new_method_call

from tests.e2e.test_agent_day import Sitting
from tests.support.desktop import DUNST, Desktop
from tests.support.live_agent import LiveAgent, Memory, Status, at_work
from tests.support.waiting import wait_until
from tests.support.x_windows import titles

TABLES = ("bouts", "breaks", "prompts", "doses")


def sat(seconds: float) -> Callable[[Status], bool]:
    """Whether the bout is so long."""
    return lambda now: bool(now["sitting_s"] >= seconds)


def everything(agent: LiveAgent) -> dict[str, list[object]]:
    """The whole history on the disk."""
    return {table: list(agent.rows(table)) for table in TABLES}


@pytest.fixture(scope="module")
def desk() -> Iterator[Desktop]:
    """Notes and windows, and no panel."""
    with Desktop(without={"panel"}) as desk:
        yield desk


def test_killed_five_times_at_random_it_goes_on_sitting(desk: Desktop, agent: LiveAgent) -> None:
    speed, moments = 20.0, random.Random(20)
    with at_work(desk.display):
        agent.start(speed=speed)
        agent.until(lambda now: now["sitting_s"] > 0, "sitting to be seen")
        for _time in range(5):
            # Between two snapshots, which are a minute apart.
            later = agent.status()["sitting_s"] + moments.uniform(5, 70)
            before = agent.until(sat(later), "some work", every_s=0.01)
            died = time.monotonic()
            agent.kill()
            agent.start(speed=speed)
            after = agent.status()
            down_s = (time.monotonic() - died) * speed
            assert down_s < 60, "the machine is too slow for this test"
            assert before["sitting_s"] - 60 <= after["sitting_s"] <= before["sitting_s"] + down_s + 2
            assert after["today"]["breaks"] == 0
    assert everything(agent) == {table: [] for table in TABLES}


def test_killed_where_it_hurts_no_row_is_lost_or_doubled(
    desk: Desktop, agent: LiveAgent, morning: Memory
) -> None:
    def again() -> None:
        kept = everything(agent)
        agent.kill()
        desk.call(new_method_call(DUNST, "NotificationCloseAll"))
        agent.start(speed=60)
        assert everything(agent) == kept

    with Sitting(agent, morning) as sitting:
        # With its prompt on the screen.
        sitting.prompted()
        again()
        assert sitting.prompted()["prompt"]["id"] == 1
        # Right after an answer.
        agent.ask("snooze")
        again()
        assert [row[:2] for row in agent.rows("prompts")] == [("hip_flexor", "snoozed")]
        agent.until(lambda now: now["prompt"] and now["prompt"]["id"] == 2, "the prompt to come back", 20)
        # With its window open.
        agent.ask("break", kind="hip_flexor")
        wait_until(lambda: "Hip-flexor stretch" in titles(desk.display), "the break window")
        again()
        wait_until(lambda: "Hip-flexor stretch" not in titles(desk.display), "the window to leave")
        # With a dose just done.
        agent.ask("break", kind="hip_flexor")
        agent.until(lambda now: now["today"]["dose"]["standing_s"], "the dose", 15)
        again()
        today = agent.status()["today"]
        assert (today["prompts"], today["snoozed"], today["started"]) == (2, 1, 1)
        assert today["dose"]["hip_flexor"] == {"left_s": 30, "right_s": 30}
    # With the break begun.
    agent.until(lambda now: now["posture"] == "away", "the person to be gone")
    again()
    with sitting:
        sitting.works()
        agent.until(lambda now: now["today"]["breaks"] == 1, "the return to be seen")
        again()
    kept = everything(agent)
    assert {table: len(rows) for table, rows in kept.items()} == {
        "bouts": 1,
        "breaks": 1,
        "prompts": 2,
        "doses": 1,
    }
    assert [row[:2] for row in agent.rows("prompts")] == [
        ("hip_flexor", "snoozed"),
        ("hip_flexor", "started"),
    ]


def test_a_longer_gap_ends_the_bout(desk: Desktop, agent: LiveAgent) -> None:
    with at_work(desk.display):
        agent.start(speed=60)
        before = agent.until(lambda now: now["sitting_s"] > 150, "some work")
        agent.kill()
        # Three minutes of the agent's, in which nobody could have seen the person stand up.
        later = time.monotonic() + 3
        wait_until(lambda: time.monotonic() > later, "time to pass")
        agent.start(speed=60)
        after = agent.until(lambda now: now["posture"] == "seated", "sitting to be seen")
        assert after["sitting_s"] < before["sitting_s"]
        assert after["today"]["breaks"] == 1
        assert [row[2] for row in agent.rows("breaks")] == ["gap"]


def test_what_was_said_outlives_the_agent(agent: LiveAgent) -> None:
    agent.start()
    agent.ask("pause", length_s=1800)
    until = agent.status()["paused_until"]
    agent.kill()
    agent.start()
    assert abs(int(agent.status()["paused_until"][17:19]) - int(until[17:19])) in {0, 1, 59}
    assert agent.status()["paused_until"][:14] == until[:14]


@pytest.mark.parametrize("garbage", [b"", b"{", b'{"version": 99}', b"\xff\xfe", b"[]"])
def test_a_snapshot_that_is_garbage_is_set_aside(agent: LiveAgent, garbage: bytes) -> None:
    agent.state.mkdir(parents=True)
    (agent.state / "state.json").write_bytes(garbage)
    agent.start()
    assert agent.status()["sitting_s"] < 200
    assert (agent.state / "state.json.bad").read_bytes() == garbage
    assert "could not be understood" in (agent.state / "agent.log").read_text()
    assert agent.end() == 0
    assert (agent.state / "state.json").stat().st_size > 100


def test_a_history_that_is_garbage_is_set_aside(agent: LiveAgent) -> None:
    agent.state.mkdir(parents=True)
    (agent.state / "history.sqlite3").write_bytes(b"no database" * 100)
    agent.start()
    assert (agent.state / "history.sqlite3.bad").exists()
    assert everything(agent) == {table: [] for table in TABLES}
