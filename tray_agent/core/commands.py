"""Everything the engine can ask of the world."""

from __future__ import annotations

from msgspec import Struct

from tray_agent.core.model import Break, Cause, Dose, Kind, Limits, Outcome, Prompt, Routine


class ShowPrompt(Struct, frozen=True):
    """Put this prompt before the person, in place of the one before it."""

    prompt: Prompt


class WithdrawPrompt(Struct, frozen=True):
    """Take the prompt away: it was answered, expired or is no longer wanted."""

    prompt: int
    outcome: Outcome


class Guide(Struct, frozen=True):
    """Guide the person through this routine."""

    routine: Routine


class Swap(Struct, frozen=True):
    """The running routine has changed: go on with this one at step `at`; the steps before are the same."""

    routine: Routine
    at: int


class StopGuide(Struct, frozen=True):
    """The routine is over or pointless: close its window."""

    routine: int


class WatchInput(Struct, frozen=True):
    """Watch input finely (pauses of `fine_s`, single inputs) or, with None, only coarsely."""

    fine_s: float | None


class LookAround(Struct, frozen=True):
    """Find out which contexts are on, tell those that changed, then `LookedAround`."""


class AskWereYouUp(Struct, frozen=True):
    """Ask whether the person was up between these times."""

    question: int
    start: float
    end: float


class SuggestFewer(Struct, frozen=True):
    """Three skips in a row: offer fewer prompts today, once."""


class BreakTaken(Struct, frozen=True):
    """A break is complete: the person is back on the chair."""

    taken: Break


class BoutEnded(Struct, frozen=True):
    """A bout of sitting ended with the beginning of a break."""

    start: float
    end: float
    cause: Cause


class Stood(Struct, frozen=True):
    """Time stood by the person's own word; told again from the same start when it grew."""

    start: float
    end: float


class PromptEnded(Struct, frozen=True):
    """A prompt's whole story, for the history."""

    prompt: Prompt
    outcome: Outcome
    at: float


class DoseDone(Struct, frozen=True):
    """Movement was done."""

    kind: Kind
    dose: Dose
    at: float


class LimitsChanged(Struct, frozen=True):
    """The person's limits are these now: to be kept, as the engine's own state never holds them."""

    limits: Limits
    at: float


class Forgot(Struct, frozen=True):
    """Times of more than a day ago were let go of: what is saved must not hold them any longer."""


class DayCorrected(Struct, frozen=True):
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
