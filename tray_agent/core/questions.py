"""When to ask "Were you up?": absences that the evidence leaves open, a few a day, never in quiet."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from tray_agent.core.commands import AskWereYouUp
from tray_agent.core.events import WereUp
from tray_agent.core.model import Cause, Reason
from tray_agent.core.rules import ASK_A_DAY, ASK_FROM_S, ASK_TO_S, IDLE_S, KEEP_S, Rules
from tray_agent.core.timeline import Off

_ASKED_IN_SPITE_OF = {
    Reason.DAY_START,
    Reason.DAY_END,
    Reason.SPACING,
    Reason.BACK_OFF,
    Reason.DAILY_CAP,
    Reason.TYPING,
}


class QuestionsState(Struct):
    """The open question, how many there were, and what answered others before they were asked.

    `doubted` is an absence that will be asked about once somebody has looked what is on.
    """

    number: int = 0
    asked_today: int = 0
    about: Off | None = None
    locked_at: float | None = None
    heeded_at: float | None = None
    doubted: Off | None = None


class Questions:
    """Asks, and takes the answer to the last question alone."""

    def __init__(self, rules: Rules, state: QuestionsState) -> None:
        self._rules = rules
        self.state = state

    def doubt(self, off: Off) -> None:
        """Ask about this absence, if it is worth a question, at the next `settle`."""
        self.state.doubted = off if self._is_open(off) else None

    def settle(self, reasons: Collection[Reason], *, held: bool) -> AskWereYouUp | None:
        """The question that waited until it was known what is on; in quiet it will never be asked."""
        off, self.state.doubted = self.state.doubted, None
        return self._ask(off, reasons, held=held) if off is not None else None

    def answered(self, event: WereUp) -> Off | None:
        """The absence that was none, by the person's word."""
        off, self.state.about = self.state.about, None
        return off if event.question == self.state.number and event.up is False else None

    def heeded(self, at: float) -> None:
        """The person left because of a prompt or for a break, or said that they do."""
        self.state.heeded_at = at

    def new_day(self) -> None:
        """A few more may be asked."""
        self.state.asked_today = 0

    def forget(self, now: float) -> None:
        """A question about what the timeline has forgotten is not open any more."""
        if self.state.about is not None and now >= self.state.about.end + KEEP_S:
            self.state.about = None

    def _ask(self, off: Off, reasons: Collection[Reason], *, held: bool) -> AskWereYouUp | None:
        # A call or a medium that is on explains why nobody typed.
        s = self.state
        if held or set(reasons) - _ASKED_IN_SPITE_OF:
            return None
        s.number += 1
        s.asked_today += 1
        s.about = off
        return AskWereYouUp(s.number, off.start, off.end)

    def _is_open(self, off: Off) -> bool:
        s = self.state
        if not self._rules.ask_were_you_up or s.asked_today >= ASK_A_DAY:
            return False
        if off.cause is not Cause.IDLE or not ASK_FROM_S <= off.end - off.start <= ASK_TO_S:
            return False
        # Who locked, left from a prompt or for a break, or said so, has told us already.
        told = (at for at in (s.locked_at, s.heeded_at) if at is not None)
        return not any(at >= off.start - IDLE_S for at in told)
