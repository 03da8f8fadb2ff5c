"""What is due next, and whether an event that comes before that is news at all.

Until something is due time alone changes nothing.  So an event that tells only that what was so goes on
needs no look at the person, the policy and all the rest; nearly all events are of that kind.
"""

from __future__ import annotations

import math

from tray_agent.core.estimator import Estimator
from tray_agent.core.events import Event, Input, Tick
from tray_agent.core.looks import Looks
from tray_agent.core.policy import Policy
from tray_agent.core.programme import Programme
from tray_agent.core.rules import IDLE_S


class Ahead:
    """Knows the next deadline; what a restored state or other rules make due, only an event can tell."""

    def __init__(self, person: Estimator, policy: Policy, programme: Programme, looks: Looks) -> None:
        self._person = person
        self._policy = policy
        self._programme = programme
        self._looks = looks
        self._due = self._due_anyway = -math.inf

    def settle(self, now: float) -> None:
        """An event has been looked at in full; from here on this is what comes."""
        self._due_anyway = self._anyway(now)
        self._due = min(self._due_anyway, self._silence_due(now))

    def deadline(self, now: float) -> float | None:
        """When something is due, as things stand at `now`; None for never."""
        settled = self._due > -math.inf
        due = self._due if settled else min(self._anyway(now), self._silence_due(now))
        return due if due < math.inf else None

    def takes(self, event: Event, now: float) -> bool:
        """Take the event, and say so, if it tells no news while nothing is due; leave any other alone."""
        if now >= self._due:
            return False
        if isinstance(event, Tick):
            return True
        if not (isinstance(event, Input) and self._is_no_news(event, now)):
            return False
        self._person.input(event, now)
        self._due = min(self._due_anyway, self._silence_due(now))
        return True

    def _is_no_news(self, event: Input, now: float) -> bool:
        """Whether it only puts silence off: somebody works on, and no prompt waits for a lull."""
        return (
            event.age < IDLE_S
            and self._person.works_on(now)
            and self._policy.state.typing_from is None
            and self._policy.quiet.state.first_input is not None
        )

    def _anyway(self, now: float) -> float:
        """When something is due whether there is input until then or not."""
        person = self._person
        times = (
            person.deadline(now),
            person.state.timeline.deadline(),
            self._policy.deadline(person, now),
            self._programme.deadline(now),
            self._looks.deadline(person, now),
        )
        return min((time for time in times if time is not None), default=math.inf)

    def _silence_due(self, now: float) -> float:
        """When something is due if there is no input until then."""
        return min(self._person.silence_due(now), self._looks.silence_due(self._person, now))
