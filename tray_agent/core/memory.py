"""Everything the engine remembers, as one tree of plain data: what a snapshot holds."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from tray_agent.core.estimator import EstimatorState
from tray_agent.core.ledger import LedgerState
from tray_agent.core.looks import LooksState
from tray_agent.core.model import Break, Posture
from tray_agent.core.policy import PolicyState
from tray_agent.core.programme import ProgrammeState
from tray_agent.core.questions import QuestionsState
from tray_agent.core.quiet import QuietState
from tray_agent.core.recall import RecallState
from tray_agent.core.timeline import Timeline


class State(Struct):
    """The state of every part of the engine; health answers are no part of it.

    `corrected` is the time the last correction was about.  A field that is added needs a default, so
    that the state of an older version still says all it knows.
    """

    now: float = 0.0
    estimator: EstimatorState = field(default_factory=EstimatorState)
    quiet: QuietState = field(default_factory=QuietState)
    policy: PolicyState = field(default_factory=PolicyState)
    programme: ProgrammeState = field(default_factory=ProgrammeState)
    ledger: LedgerState = field(default_factory=LedgerState)
    questions: QuestionsState = field(default_factory=QuestionsState)
    looks: LooksState = field(default_factory=LooksState)
    recall: RecallState = field(default_factory=RecallState)
    bout_ended: float | None = None
    corrected: Break | None = None
    fine_s: float | None = None

    def forgotten(self, posture: Posture) -> State:
        """A state that knows of the person only what is so at this moment.

        The calendar, what the sensors say and who sits or stands now go on; all that was before has
        never been.
        """
        now, seated = self.now, posture is Posture.SEATED
        return State(
            now=now,
            estimator=replace(
                self.estimator,
                timeline=Timeline(now, now) if seated else Timeline(),
                standing_since=now if posture is Posture.STANDING else None,
            ),
            quiet=replace(
                self.quiet,
                first_input=now if seated else None,
                paused=False,
                paused_until=None,
                paused_today=False,
            ),
            programme=ProgrammeState(date=self.programme.date, week=self.programme.week),
            ledger=LedgerState(date=self.ledger.date, week=self.ledger.week, began=now),
            looks=self.looks,
            fine_s=self.fine_s,
        )
