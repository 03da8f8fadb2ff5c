"""What the day amounts to: bouts and breaks from the timeline, prompts and doses as they happen."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import fields, replace

from tray_agent.core.model import Dose, Kind, Outcome
from tray_agent.core.timeline import Timeline


class Today(Struct, frozen=True):
    """The day in figures; durations in seconds."""

    sitting_s: float = 0.0
    longest_bout_s: float = 0.0
    standing_s: float = 0.0
    breaks: int = 0
    prompts: int = 0
    started: int = 0
    snoozed: int = 0
    skipped: int = 0
    ignored: int = 0
    hip_flexor: Dose = Dose()
    glutes: Dose = Dose()
    dose_standing_s: float = 0.0


class LedgerState(Struct):
    """The day's tally; bouts, breaks and standing are the timeline's to tell, but for what it forgot.

    `stood_this_week_s` is the standing of the days of this week before this one.
    """

    date: str = ""
    began: float = 0.0
    prompts: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=dict)
    doses: dict[Kind, Dose] = field(default_factory=dict)
    forgotten: Today = Today()
    week: str = ""
    stood_this_week_s: float = 0.0


def together(a: Today, b: Today) -> Today:
    """Two days in one: figures add up, the longest bout is the longer one's."""
    added = {f.name: getattr(a, f.name) + getattr(b, f.name) for f in fields(Today)}
    return Today(**{**added, "longest_bout_s": max(a.longest_bout_s, b.longest_bout_s)})


class Ledger:
    """Counts one day."""

    def __init__(self, state: LedgerState) -> None:
        self.state = state

    def new_day(self, date: str, week: str, began: float, before: Today) -> None:
        """Start counting again; `before` is the day that ends."""
        s = self.state
        s.stood_this_week_s = s.stood_this_week_s + before.dose_standing_s if week == s.week else 0.0
        s.week = week
        s.date, s.began = date, began
        s.prompts, s.outcomes, s.doses, s.forgotten = 0, {}, {}, Today()

    def prompted(self) -> None:
        """A prompt was shown."""
        self.state.prompts += 1

    def ended(self, outcome: Outcome) -> None:
        """A prompt ended."""
        self.state.outcomes[outcome] = self.state.outcomes.get(outcome, 0) + 1

    def moved(self, kind: Kind, dose: Dose) -> None:
        """Movement was done."""
        self.state.doses[kind] = self.state.doses.get(kind, Dose()) + dose

    def today(self, timeline: Timeline, stood_s: float, now: float) -> Today:
        """The day's figures at `now`; `stood_s` is the time stood since it began."""
        s = self.state
        bouts = [end - start for start, end in timeline.bouts(now, s.began)]
        seen = Today(
            sitting_s=sum(bouts),
            longest_bout_s=max(bouts, default=0.0),
            standing_s=stood_s,
            # The night before, which ended today, is no break of today's.
            breaks=sum(taken.start >= s.began for taken in timeline.breaks(s.began)),
            prompts=s.prompts,
            started=s.outcomes.get(Outcome.STARTED, 0),
            snoozed=s.outcomes.get(Outcome.SNOOZED, 0),
            skipped=s.outcomes.get(Outcome.SKIPPED, 0),
            ignored=s.outcomes.get(Outcome.IGNORED, 0),
            hip_flexor=s.doses.get(Kind.HIP_FLEXOR, Dose()),
            glutes=s.doses.get(Kind.GLUTES, Dose()),
            dose_standing_s=stood_s + sum(dose.standing_s for dose in s.doses.values()),
        )
        return together(seen, s.forgotten)

    def settle(self, before: Today, after: Today) -> None:
        """The timeline has forgotten something: what that came to, before and after, still counts."""
        s = self.state
        s.forgotten = replace(
            s.forgotten,
            sitting_s=s.forgotten.sitting_s + before.sitting_s - after.sitting_s,
            longest_bout_s=before.longest_bout_s,
            standing_s=s.forgotten.standing_s + before.standing_s - after.standing_s,
            dose_standing_s=s.forgotten.dose_standing_s + before.standing_s - after.standing_s,
            breaks=s.forgotten.breaks + before.breaks - after.breaks,
        )
