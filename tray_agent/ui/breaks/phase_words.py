"""What a break window says about the moment: headlines, counts, and what is read aloud."""

from __future__ import annotations

from math import ceil

from tray_agent.core.model import Side
from tray_agent.shell.words import N_, _, ngettext
from tray_agent.ui.breaks.brief import Step
from tray_agent.ui.breaks.sequence import Beat, Phase, Sequence

IN_SECONDS_UP_TO = 99
"""Longer times are shown in minutes and seconds, and said in minutes."""

_HEADLINES = {
    Phase.GET_READY: N_("Get ready"),
    Phase.SWITCH_SIDES: N_("Switch sides"),
    Phase.REST: N_("Rest"),
    Phase.OVER: N_("That is it."),
}
_BEATS = {Beat.OUT: N_("Move"), Beat.STAY: N_("Hold"), Beat.BACK: N_("Return")}


def headline(sequence: Sequence) -> str:
    """What to do now, in a word or two."""
    match sequence.phase:
        case Phase.REPS:
            return _(_BEATS[sequence.beat])
        case Phase.HOLD:
            return _("Hold") if sequence.step.side else _("Keep going")
        case phase:
            return _(_HEADLINES[phase])


def set_words(step: Step) -> str:
    """Which set of how many; empty when there is one only."""
    return _("Set {number} of {of}").format(number=step.set, of=step.sets) if step.sets > 1 else ""


def count(sequence: Sequence) -> tuple[str, str]:
    """The large figure in the ring and the words under it."""
    if sequence.phase is Phase.REPS:
        return f"{sequence.rep}", _("of {reps}").format(reps=sequence.step.reps)
    if sequence.left_s is None:
        return "", _("when you are ready")
    left = ceil(sequence.left_s)
    if left <= IN_SECONDS_UP_TO:
        return f"{left}", ngettext("second left", "seconds left", left)
    return f"{left // 60}:{left % 60:02}", _("left")


def where(sequence: Sequence) -> str:
    """Which step of how many; empty when there is one only."""
    of = len(sequence.steps)
    number = min(sequence.index + 1, of)
    return _("Step {number} of {of}").format(number=number, of=of) if of > 1 else ""


def coming(sequence: Sequence) -> str:
    """What comes after this step."""
    if sequence.following is None:
        return _("Last step") if len(sequence.steps) > 1 else ""
    return _("Next: {step}").format(step=step_words(sequence.following))


def announcement(sequence: Sequence) -> str:
    """What is read aloud when this phase begins."""
    step = sequence.step
    side = [f"{side_words(step.side)}."] if step.side else []
    match sequence.phase:
        case Phase.GET_READY:
            return " ".join([_("Get ready: {step}.").format(step=step_words(step)), *step.text])
        case Phase.SWITCH_SIDES:
            return " ".join([_("Switch sides."), *side])
        case Phase.REST:
            return _rest(sequence.seconds)
        case Phase.REPS:
            much = ngettext("{n} time, at the pace shown.", "{n} times, at the pace shown.", step.reps)
            return " ".join([*side, much.format(n=step.reps)])
        case Phase.HOLD:
            much = _("Hold for {time}.") if step.side else _("Keep going for {time}.")
            return " ".join([*side, much.format(time=duration_words(step.seconds))])
        case Phase.OVER:
            return _("That is it.")


def side_words(side: Side) -> str:
    """The side as people say it."""
    return _("Left side") if side is Side.LEFT else _("Right side")


def step_words(step: Step) -> str:
    """The step in one phrase: what, which side, how much."""
    if step.reps:
        amount = ngettext("{n} time", "{n} times", step.reps).format(n=step.reps)
    else:
        amount = duration_words(step.seconds)
    phrase = {
        None: N_("{exercise}, {amount}"),
        Side.LEFT: N_("{exercise}, left side, {amount}"),
        Side.RIGHT: N_("{exercise}, right side, {amount}"),
    }[step.side]
    return _(phrase).format(exercise=step.title, amount=amount)


def duration_words(seconds: float) -> str:
    """A duration as people say it: seconds up to a minute and a half, then whole minutes."""
    if seconds <= IN_SECONDS_UP_TO:
        n = round(seconds)
        return ngettext("{n} second", "{n} seconds", n).format(n=n)
    n = round(seconds / 60)
    return ngettext("{n} minute", "{n} minutes", n).format(n=n)


def _rest(seconds: float | None) -> str:
    if seconds is None:
        return _("Rest as long as you like.")
    return _("Rest for {time}.").format(time=duration_words(seconds))
