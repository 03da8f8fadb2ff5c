"""All the ways an agent ends on Windows, and what the next one knows."""

from __future__ import annotations

from tests.e2e_wine.conftest import NewAgent
from tests.support.person import Person
from tests.support.waiting import wait_until
from tests.support.wine_agent import INTENSIVE, Memory, WineAgent

WM_QUERYENDSESSION, WM_ENDSESSION = 0x0011, 0x0016


def test_a_bout_outlives_a_program_that_was_killed(
    new_agent: NewAgent, half_an_hour: Memory, person: Person
) -> None:
    agent = new_agent(INTENSIVE)
    half_an_hour.give(agent)
    agent.start()
    person.move()
    agent.until(lambda now: now["sitting_s"] >= 1800, "the bout to go on")
    killed = agent.desk.run("taskkill", "/F", "/PID", f"{agent.windows_pid}")
    assert killed.returncode == 0
    agent.ends()
    agent.start()
    person.move()
    seen = agent.until(lambda now: now["posture"] == "seated", "sitting to be seen")
    assert seen["sitting_s"] >= 1800


def test_asked_politely_it_saves_and_goes(agent: WineAgent) -> None:
    asked = agent.desk.run("taskkill", "/PID", f"{agent.windows_pid}")
    assert asked.returncode == 0
    assert agent.ends() == 0
    assert agent.saved()["clocks"]


def test_the_end_of_the_session_waits_until_all_is_saved(agent: WineAgent) -> None:
    window = agent.window
    (agent.state / "state.json").unlink(missing_ok=True)
    assert agent.send(WM_QUERYENDSESSION) == 1
    # Somebody else has held it up.
    assert agent.send(WM_ENDSESSION, 0) == 0
    assert agent.status()["tray"]["state"] == "ok"
    assert not (agent.state / "state.json").exists()
    assert agent.desk.helper.ask("send", hwnd=window, message=WM_ENDSESSION, wparam=1) == 0
    assert (agent.state / "state.json").exists()
    assert agent.ends() == 0


def test_a_second_one_hands_over_and_leaves(agent: WineAgent) -> None:
    second = agent.tell("run")
    assert (second.returncode, second.stdout.strip()) == (0, "Tray Agent is running already.")
    assert agent.status()["tray"]["state"] == "ok"


def test_ctrl_c_in_its_console_ends_it(new_agent: NewAgent) -> None:
    """Ctrl-Break cannot be shown: Wine refuses to pass it on."""
    agent = new_agent()
    console = agent.desk.start(
        "-m", "tests.support.wine_console", output=agent.output, variables=agent.variables
    )
    wait_until(agent.answers, "the agent to answer", 60)
    (agent.home / "now").touch()
    assert console.wait(40) == 0, agent.output.read_text(errors="replace")
    assert agent.saved()["clocks"]
