"""A world with parts missing or dying: the agent goes on, and says what is wrong."""

from __future__ import annotations

from tests.support.desktop import Desktop
from tests.support.live_agent import LiveAgent, at_work, senses
from tests.support.mortal_desktop import MortalDesktop
from tests.support.waiting import wait_until

BARE = {"panel", "dunst", "openbox"}


def test_without_a_display_it_lives_and_doctor_says_why_it_knows_nothing() -> None:
    with Desktop(without=BARE) as desk:
        del desk.env["DISPLAY"]
        agent = LiveAgent(desk)
        agent.start()
        seen = agent.status()
        assert (seen["posture"], seen["quiet"], seen["sitting_s"]) == ("unknown", ["unknown"], 0)
        doctor = desk.tray_agent("doctor")
        assert doctor.returncode == 0
        assert "DISPLAY is not set" in doctor.stdout
        assert agent.end() == 0


def test_without_a_bus_it_still_watches_and_says_so() -> None:
    with Desktop(without=BARE) as desk:
        for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
            del desk.env[name]
        agent = LiveAgent(desk)
        with at_work(desk.display):
            agent.start(speed=60)
            seen = agent.until(lambda now: now["sitting_s"] > 120, "sitting to be seen")
        for part in ("tray", "notifier"):
            assert seen[part]["state"] == "lost"
            assert "this session has no message bus" in seen[part]["reason"]
        assert agent.end() == 0


def test_a_bus_that_dies_takes_only_icon_and_notes_along() -> None:
    with Desktop(without=BARE) as desk:
        agent = LiveAgent(desk)
        agent.start(speed=60)
        desk.kill("bus")
        agent.until(
            lambda now: now["tray"]["state"] == now["notifier"]["state"] == "lost", "the loss to be seen"
        )
        with at_work(desk.display):
            agent.until(lambda now: now["posture"] == "seated", "sitting to be seen")
        assert agent.end() == 0


def test_an_x_server_that_comes_back_at_once_is_used_again() -> None:
    with MortalDesktop(without=BARE) as desk:
        agent = LiveAgent(desk)
        with at_work(desk.display):
            agent.start(speed=60)
            agent.until(lambda now: now["sitting_s"] > 120, "sitting to be seen")
        desk.kill("display")
        desk.start("display")
        wait_until(
            lambda: all(sensor["state"] == "ok" for sensor in senses(agent.status())), "both senses", 20
        )
        with at_work(desk.display):
            agent.until(lambda now: now["posture"] == "seated", "sitting to be seen again")
        assert agent.end() == 0
