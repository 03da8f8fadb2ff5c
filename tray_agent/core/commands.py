"""Everything the engine can ask of the world."""

from __future__ import annotations

from dataclasses import dataclass

from tray_agent.core.model import Break, Cause, Dose, Kind, Limits, Outcome, Prompt, Routine


@dataclass(frozen=True, slots=True)
class ShowPrompt:
    """Put this prompt before the person, in place of the one before it."""

    prompt: Prompt


@dataclass(frozen=True, slots=True)
class WithdrawPrompt:
    """Take the prompt away: it was answered, expired or is no longer wanted."""

    prompt: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Guide:
    """Guide the person through this routine."""

    routine: Routine


@dataclass(frozen=True, slots=True)
class Swap:
    """The running routine has changed: go on with this one at step `at`; the steps before are the same."""

    routine: Routine
    at: int


@dataclass(frozen=True, slots=True)
class StopGuide:
    """The routine is over or pointless: close its window."""

    routine: int


@dataclass(frozen=True, slots=True)
class WatchInput:
    """Watch input finely (pauses of `fine_s`, single inputs) or, with None, only coarsely."""

    fine_s: float | None


@dataclass(frozen=True, slots=True)
class LookAround:
    """Find out which contexts are on, tell those that changed, then `LookedAround`."""


@dataclass(frozen=True, slots=True)
class AskWereYouUp:
    """Ask whether the person was up between these times."""

    question: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class SuggestFewer:
    """Three skips in a row: offer fewer prompts today, once."""


@dataclass(frozen=True, slots=True)
class BreakTaken:
    """A break is complete: the person is back on the chair."""

    taken: Break


@dataclass(frozen=True, slots=True)
class BoutEnded:
    """A bout of sitting ended with the beginning of a break."""

    start: float
    end: float
    cause: Cause


@dataclass(frozen=True, slots=True)
class Stood:
    """Time stood by the person's own word; told again from the same start when it grew."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PromptEnded:
    """A prompt's whole story, for the history."""

    prompt: Prompt
    outcome: Outcome
    at: float


@dataclass(frozen=True, slots=True)
class DoseDone:
    """Movement was done."""

    kind: Kind
    dose: Dose
    at: float


@dataclass(frozen=True, slots=True)
class LimitsChanged:
    """The person's limits are these now: to be kept, as the engine's own state never holds them."""

    limits: Limits
    at: float


@dataclass(frozen=True, slots=True)
class Forgot:
    """Times of more than a day ago were let go of: what is saved must not hold them any longer."""


@dataclass(frozen=True, slots=True)
class DayCorrected:
    """A correction re-computed the day: these replace all that began at `since` or later.

    Only what is over is told: a bout or a break that still lasts follows when it ends.
    """

    since: float
    bouts: tuple[BoutEnded, ...]
    breaks: tuple[Break, ...]
    stood: tuple[Stood, ...]


Command = (
    ShowPrompt
    | WithdrawPrompt
    | Guide
    | Swap
    | StopGuide
    | WatchInput
    | LookAround
    | AskWereYouUp
    | SuggestFewer
    | BreakTaken
    | BoutEnded
    | Stood
    | PromptEnded
    | DoseDone
    | LimitsChanged
    | Forgot
    | DayCorrected
)
