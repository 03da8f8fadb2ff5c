"""What several sources together say about one thing around the person.

A source is asked when it comes, whenever it hints that its answer may have changed, and at each look;
never twice at once.  One that says yes outweighs all that say no, and one that ought to know and is
silent leaves the answer open.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from tray_agent.ports import Health, Loop, State, Timer

LOOK_S = 0.9
"""How long a look waits for answers; the port promises a second."""


class Answer(Struct, frozen=True):
    """What a source says: `on`, or None and why it cannot tell.

    `state` is then `absent` where it never could, anything else where it ought to.
    """

    on: bool | None
    state: State = State.OK
    reason: str | None = None


SILENT = Answer(None, State.DEGRADED, "does not answer")
UNHEARD = Answer(None, State.DEGRADED, "has not answered yet")


class Source(Protocol):
    """One mechanism; `name` is what `Health.source` says."""

    name: str

    def begin(self, hint: Callable[[], object]) -> None:
        """Call `hint` from now on whenever the answer may have become another."""

    def ask(self, answered: Callable[[Answer], object]) -> None:
        """Find out; `answered` is called once, later, within a few seconds."""

    def close(self) -> None:
        """Let go of the system."""


class Survey:
    """Calls `told(on)` at each change and after each look."""

    def __init__(self, loop: Loop, told: Callable[[bool | None], object]) -> None:
        self._loop = loop
        self._told = told
        self._answers: dict[Source, Answer] = {}
        self._asked: dict[Source, bool] = {}  # and whether there was a hint since
        self._without: bool | None = None
        self._last: bool | None = None
        self._looking: Timer | None = None

    @property
    def on(self) -> bool | None:
        """The answer now; None while nobody can tell."""
        if not self._answers:
            return self._without
        said = self._answers.values()
        if any(answer.on for answer in said):
            return True
        if any(answer.on is None and answer.state is not State.ABSENT for answer in said):
            return None
        return False if any(answer.on is False for answer in said) else None

    def assume(self, on: bool | None) -> None:
        """This is the answer while there is no source at all."""
        self._without = on
        self._settle()

    def add(self, source: Source) -> None:
        """Take the source in and ask it."""
        self._answers[source] = UNHEARD
        source.begin(lambda: self._hinted(source))
        self._ask(source)

    def drop(self, source: Source) -> None:
        """Forget the source and what it said; harmless when it is none of ours."""
        if self._answers.pop(source, None) is not None:
            self._asked.pop(source, None)
            source.close()
            self._settle()

    def look(self) -> None:
        """Ask every source; an answer that is on its way already may be from before and is not enough."""
        for source in tuple(self._answers):
            self._hinted(source)
        if self._looking is None:
            self._looking = self._loop.call_later(LOOK_S if self._asked else 0.0, self._time_is_up)

    def health(self, name: str, without: Health) -> Health:
        """How the sensor `name` is doing; `without` while there is no source."""
        if not self._answers:
            return without
        sources = ", ".join(dict.fromkeys(source.name for source in self._answers))
        if self.on is not None:
            return Health(name, State.OK, sources, value="on" if self.on else "off")
        worst = sorted(self._answers.items(), key=lambda pair: pair[1].state is State.ABSENT)
        source, answer = next((source, answer) for source, answer in worst if answer.on is None)
        return Health(name, answer.state, sources, f"{source.name} {answer.reason}")

    def close(self) -> None:
        """Let go of every source and say no more."""
        self._told = lambda _on: None
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        for source in tuple(self._answers):
            self.drop(source)

    def _ask(self, source: Source) -> None:
        self._asked[source] = False
        source.ask(lambda answer: self._answered(source, answer))

    def _hinted(self, source: Source) -> None:
        if source in self._asked:
            self._asked[source] = True
        elif source in self._answers:
            self._ask(source)

    def _answered(self, source: Source, answer: Answer) -> None:
        if source not in self._asked:
            return
        self._answers[source] = answer
        if self._asked.pop(source):
            self._ask(source)
        self._settle()

    def _time_is_up(self) -> None:
        for source in self._asked:
            self._answers[source] = SILENT
        self._looking = None
        self._tell()

    def _settle(self) -> None:
        if self._looking is not None and not self._asked:
            self._looking.cancel()
            self._time_is_up()
        elif self.on != self._last:
            self._tell()

    def _tell(self) -> None:
        self._last = self.on
        self._told(self._last)
