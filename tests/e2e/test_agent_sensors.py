"""What each `activity.source` sees of real input, and what is lost when pynput is taken away."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Event, Thread

import pytest
from Xlib import X
from Xlib.display import Display

from tests.e2e.conftest import NewAgent
from tests.support.desktop import Desktop
from tests.support.live_agent import ALWAYS, LiveAgent, Status, at_work, senses

SPEED = 60.0
OFTEN_S, SELDOM_S = 0.2, 0.8
"""Real seconds: the idle counter sees no pause between the first, and one between each of the second."""

HEALTHS = {
    "auto": {"counter": "ok", "pynput": "ok"},
    "pynput": {"counter": "off", "pynput": "ok"},
    "counter": {"counter": "ok", "pynput": "off"},
}


def sensors(seen: Status) -> dict[str, str]:
    """The state of each sensor by its name."""
    return {sensor["name"]: sensor["state"] for sensor in senses(seen)}


@contextmanager
def player(display: str, every_s: float) -> Iterator[None]:
    """A program that keeps the screen from saving, as some video players do."""
    over = Event()

    def play() -> None:
        with closing(Display(display)) as connection:
            while not over.wait(every_s):
                connection.force_screen_saver(X.ScreenSaverReset)
                connection.sync()

    thread = Thread(target=play)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(10)


@pytest.mark.parametrize("source", ["auto", "pynput", "counter"])
def test_work_is_sitting_and_leaving_and_coming_back_are_seen(
    desk: Desktop, new_agent: NewAgent, source: str
) -> None:
    agent = new_agent(f'{ALWAYS}activity.source = "{source}"\n')
    with at_work(desk.display):
        agent.start(speed=SPEED)
        seen = agent.until(lambda now: now["sitting_s"] > 200, "sitting to be seen")
        assert (seen["posture"], seen["today"]["breaks"]) == ("seated", 0)
        assert sensors(seen) == HEALTHS[source]
    left = time.monotonic()
    seen = agent.until(lambda now: now["posture"] == "away", "the absence to be seen")
    # Away after 150 s without input; pynput alone may have listened last 15 s before that.
    assert 1.9 < time.monotonic() - left < 6
    assert seen["sitting_s"] == 0
    with at_work(desk.display):
        seen = agent.until(lambda now: now["posture"] == "seated", "the return to be seen")
        assert seen["today"]["breaks"] == 1
        assert seen["sitting_s"] < 60
        compared = agent.ask("doctor")["last_input"]
    for name, state in HEALTHS[source].items():
        assert (compared[f"{name}_s"] is not None) == (state == "ok"), compared


@pytest.mark.parametrize("every_s", [OFTEN_S, SELDOM_S])
def test_a_program_is_no_person_as_long_as_pynput_listens(
    desk: Desktop, agent: LiveAgent, every_s: float
) -> None:
    with at_work(desk.display):
        agent.start(speed=SPEED)
        agent.until(lambda now: now["sitting_s"] > 60, "sitting to be seen")
    with player(desk.display, every_s):
        seen = agent.until(lambda now: now["posture"] == "away", "the absence to be seen", 10)
        assert sensors(seen) == HEALTHS["auto"]


def test_without_pynput_a_program_passes_for_a_person(desk: Desktop, agent: LiveAgent) -> None:
    missing = desk.folder / "missing"
    missing.mkdir()
    (missing / "pynput.py").write_text('raise ImportError("No module named pynput")')
    here = desk.env["PYTHONPATH"]
    desk.env["PYTHONPATH"] = f"{missing}:{here}"
    with at_work(desk.display):
        agent.start(speed=SPEED)
        desk.env["PYTHONPATH"] = here
        seen = agent.until(lambda now: now["sitting_s"] > 60, "sitting to be seen")
    counter, pynput = senses(seen)
    assert (counter["name"], counter["state"]) == ("counter", "ok")
    assert (pynput["name"], pynput["state"]) == ("pynput", "absent")
    assert "No module named pynput" in pynput["reason"]
    with player(desk.display, SELDOM_S):
        enough = seen["sitting_s"] + 450
        seen = agent.until(
            lambda now: now["sitting_s"] > enough or now["posture"] == "away", "time to pass", 30
        )
        assert seen["posture"] == "seated"
    agent.until(lambda now: now["posture"] == "away", "the absence to be seen once the program ends")


def test_a_server_that_records_nothing_leaves_the_counter() -> None:
    with Desktop(extensions_off=("RECORD",), without={"panel", "dunst", "openbox"}) as desk:
        agent = LiveAgent(desk)
        agent.start()
        counter, pynput = senses(agent.status())
        assert (counter["state"], pynput["state"]) == ("ok", "absent")
        assert "RECORD" in pynput["reason"]
        assert agent.end() == 0


@pytest.mark.parametrize(("first", "then"), [("auto", "counter"), ("counter", "pynput"), ("pynput", "auto")])
def test_another_source_is_taken_up_while_the_agent_runs(
    desk: Desktop, new_agent: NewAgent, first: str, then: str
) -> None:
    agent = new_agent(f'{ALWAYS}activity.source = "{first}"\n')
    with at_work(desk.display):
        agent.start(speed=SPEED)
        agent.until(lambda now: sensors(now) == HEALTHS[first], f"{first} to be used")
        agent.settings.write_text(f'{ALWAYS}activity.source = "{then}"\n')
        agent.until(lambda now: sensors(now) == HEALTHS[then], f"{then} to be used")
        agent.until(lambda now: now["posture"] == "seated", "sitting to be seen")
    agent.until(lambda now: now["posture"] == "away", "the absence to be seen")
