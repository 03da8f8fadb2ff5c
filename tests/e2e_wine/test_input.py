"""Real keys and a real mouse move the estimate, and both ways of noticing them agree."""

from __future__ import annotations

from tests.e2e_wine.conftest import NewAgent
from tests.support.person import Person

SPEED = 60


def test_input_makes_present_and_without_any_nobody_is_there(new_agent: NewAgent, person: Person) -> None:
    agent = new_agent()
    agent.start(speed=SPEED)
    person.move()
    agent.until(lambda now: (now["posture"], now["presence"]) == ("seated", "present"), "sitting to be seen")
    idle = [agent.ask("doctor")["last_input"]["counter_s"]]
    agent.until(lambda now: now["presence"] == "away", "nobody to be there")
    idle.append(agent.ask("doctor")["last_input"]["counter_s"])
    assert idle[1] > idle[0] + 60
    # Since nobody is there, the hooks listen.
    for act in (person.type, person.move):
        act()
        agent.until(lambda now: (now["posture"], now["presence"]) == ("seated", "present"), "a return")
        last = agent.ask("doctor")["last_input"]
        assert abs(last["counter_s"] - last["pynput_s"]) <= 2 * SPEED, last
        assert last["counter_s"] <= 2 * SPEED
        agent.until(lambda now: now["presence"] == "away", "nobody to be there again")
    assert (agent.part("counter")["state"], agent.part("pynput")["state"]) == ("ok", "ok")
