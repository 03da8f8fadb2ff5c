"""Words for the codes and figures of exercises: what one is for, its muscles, and its dose in a line."""

from __future__ import annotations

from collections.abc import Iterator

from tray_agent.core.model import Condition, Position
from tray_agent.shell.exercise_text import Amount, Dose, Evidence, Muscle, Supports, Tempo, Use
from tray_agent.shell.words import N_, _, in_a_row, ngettext

_IN_MINUTES_FROM_S = 120
_DAYS_OF_WEEK = 7

_USES = {
    Use.STAND_UP: N_("Stand up"),
    Use.HIP_FLEXOR: N_("Hip-flexor stretches"),
    Use.GLUTES: N_("Glute strength"),
    Use.COMFORT: N_("Easy stretches for comfort"),
    Use.CORE: N_("Strength for the trunk"),
    Use.RELEASE: N_("Self-massage"),
    Use.CHECK: N_("Looking at yourself"),
}
_POSITIONS = {
    Position.STANDING: N_("standing"),
    Position.CHAIR: N_("on a chair"),
    Position.HALF_KNEELING: N_("kneeling on one knee"),
    Position.ALL_FOURS: N_("on hands and knees"),
    Position.SITTING: N_("sitting on the floor"),
    Position.SUPINE: N_("lying on the back"),
    Position.PRONE: N_("lying face down"),
    Position.PLANK: N_("leaning on straight arms"),
}
_DESKS = {
    "A": N_("fits beside a desk, in office clothes"),
    "B": N_("needs some room or draws looks"),
    "C": N_("needs a room of your own"),
}
_MUSCLES = {
    Muscle.HIP_FLEXORS: N_("hip flexors"),
    Muscle.GLUTES: N_("glutes (the buttocks)"),
    Muscle.QUADRICEPS: N_("front of the thighs"),
    Muscle.HAMSTRINGS: N_("back of the thighs"),
    Muscle.ADDUCTORS: N_("inner thighs"),
    Muscle.CALVES: N_("calves"),
    Muscle.CORE: N_("trunk"),
    Muscle.BACK: N_("back"),
    Muscle.SHOULDERS: N_("shoulders"),
}
_CONDITIONS = {
    Condition.SORE_KNEE: N_("sore knee"),
    Condition.SORE_WRIST: N_("sore wrist"),
    Condition.SORE_BACK: N_("sore back"),
    Condition.PREGNANCY: N_("pregnancy"),
    Condition.CANNOT_STAND: N_("cannot stand"),
}
_SUPPORTS = {
    Supports.MOVEMENT: N_("how it is done"),
    Supports.DOSE: N_("how much of it"),
    Supports.LONG_HOLD: N_("the long hold"),
    Supports.EFFECT: N_("what it is good for"),
    Supports.CAUTION: N_("when to be careful"),
    Supports.EFFORT: N_("how hard it is"),
}
_EVIDENCE = {
    Evidence.READ: N_("read"),
    Evidence.SUMMARY: N_("known from a summary"),
    Evidence.MEMORY: N_("from memory, not checked"),
}


def use(code: Use) -> str:
    """What an exercise is for, as a heading."""
    return _(_USES[code])


def position(code: Position) -> str:
    """How the body is held."""
    return _(_POSITIONS[code])


def desk(code: str) -> str:
    """Where it can be done: the words for A, B or C."""
    return _(_DESKS[code])


def muscle(code: str) -> str:
    """The muscle group as people call it; `ValueError` when there is none of that code."""
    return _(_MUSCLES[Muscle(code)])


def condition(code: Condition) -> str:
    """What a person told about their body."""
    return _(_CONDITIONS[code])


def supports(code: Supports) -> str:
    """What of an exercise a source speaks for."""
    return _(_SUPPORTS[code])


def evidence(code: Evidence) -> str:
    """How a source is known."""
    return _(_EVIDENCE[code])


def dose(amounts: Dose, *, sided: bool) -> str:
    """How much at a time and how often, in a line."""
    parts = [_once(amounts), *_sets(amounts)]
    if sided:
        parts.append(_("each side"))
    return in_a_row([*parts, *_often(amounts)])


def tempo(rep: Tempo) -> str:
    """The pace of one repetition, in a line."""
    return _("{rep} s each: {there} s into the position, {hold} s held, {back} s back").format(
        rep=_figure(rep.rep_s), there=_figure(rep.there_s), hold=_figure(rep.hold_s), back=_figure(rep.back_s)
    )


def ends(amount: Amount) -> tuple[int, int]:
    """The least and the most of it."""
    return (amount, amount) if isinstance(amount, int) else (amount[0], amount[-1])


def _once(amounts: Dose) -> str:
    if amounts.hold_s is not None:
        return _("hold for {time}").format(time=_time(amounts.hold_s))
    if amounts.go_on_s is not None:
        return _("go on for {time}").format(time=_time(amounts.go_on_s))
    assert amounts.reps is not None, "Dose has exactly one of the three"
    most = ends(amounts.reps)[1]
    return ngettext("{n} time", "{n} times", most).format(n=_span(amounts.reps))


def _sets(amounts: Dose) -> Iterator[str]:
    most = ends(amounts.sets)[1]
    if most > 1:
        yield ngettext("{n} set", "{n} sets", most).format(n=_span(amounts.sets))
        if amounts.rest_s is not None:
            yield _("{time} of rest between sets").format(time=_time(amounts.rest_s))


def _often(amounts: Dose) -> Iterator[str]:
    if amounts.times_a_day is not None:
        yield _times_a_day(amounts.times_a_day)
    if amounts.days_a_week == _DAYS_OF_WEEK:
        yield _("every day")
    elif amounts.days_a_week is not None:
        most = ends(amounts.days_a_week)[1]
        yield ngettext("{n} day a week", "{n} days a week", most).format(n=_span(amounts.days_a_week))
    if amounts.days_a_month is not None:
        most = ends(amounts.days_a_month)[1]
        yield ngettext("{n} day a month", "{n} days a month", most).format(n=_span(amounts.days_a_month))


def _times_a_day(times: Amount) -> str:
    if times == 1:
        return _("once a day")
    return ngettext("{n} time a day", "{n} times a day", ends(times)[1]).format(n=_span(times))


def _time(amount: Amount) -> str:
    least, most = ends(amount)
    if least < _IN_MINUTES_FROM_S:
        return _("{n} s").format(n=_span(amount))
    minutes = (round(least / 60), round(most / 60))
    return _("{n} min").format(n=_span(minutes))


def _span(amount: Amount) -> str:
    least, most = ends(amount)
    return f"{most}" if least == most else _("{least} to {most}").format(least=least, most=most)


def _figure(seconds: float) -> str:
    return f"{seconds:g}"
