"""What the system says of lock and sleep, as the engine is to be told.

Sleep is noticed twice: announced by the system, and seen by the clocks, which alone know its length.
So the announcement only says that nobody is there from now on, and its end is left to the clocks;
where they saw nothing the sleep was called off, and the idle counter tells of the time since.
"""

from __future__ import annotations

from tray_agent.core import events as ev
from tray_agent.core.model import Reason
from tray_agent.ports import News
from tray_agent.shell.agent import Agent


class Session:
    """Between a `SessionSensor` and the agent: `told` is what the sensor is built with."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._asleep_since = 0.0

    def told(self, news: News) -> None:
        """Tell the engine, unless it knows."""
        agent = self._agent
        # First the clocks: a sleep that they have seen is over, whatever comes now.
        agent.look_at_clocks()
        known = agent.engine.quiet()
        match news:
            case News.LOCKED:
                agent.tell(ev.Locked())
            case News.UNLOCKED:
                # A sensor that begins says so too, and then it is no sign of a person.
                if Reason.LOCKED in known or Reason.ASLEEP in known:
                    agent.tell(ev.Unlocked())
            case News.SLEEPING:
                agent.tell(ev.Suspended())
                self._asleep_since = agent.clock.now()
            case News.WOKE:
                if Reason.ASLEEP in known:
                    gap = agent.clock.now() - self._asleep_since
                    agent.tell(ev.Resumed(gap, slept=False, idle=agent.outlets.activity.idle_s()))
