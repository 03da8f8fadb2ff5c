"""What a break window is told: the routine's steps with their words and figures, in its own language."""

from __future__ import annotations

from typing import Any

from tray_agent.core.model import Position, Routine, Side, Step
from tray_agent.shell.catalogue import Catalogue
from tray_agent.shell.presenter import kind_name
from tray_agent.shell.words import _

Words = dict[str, Any]


def routine(playing: Routine, catalogue: Catalogue) -> Words:
    """The routine as the window takes it, also as the answer to a start."""
    positions = {catalogue.english(step.exercise).position for step in playing.steps}
    return {
        "routine": playing.id,
        "title": kind_name(playing.kind, stands=positions != {Position.CHAIR}),
        "kind": playing.kind,
        "steps": steps(playing, catalogue),
    }


def steps(playing: Routine, catalogue: Catalogue) -> list[Words]:
    """The steps alone."""
    from tray_agent.shell import figures  # read when a break begins, not before

    return [{**_step(step, catalogue), "figure": figures.data(step.exercise)} for step in playing.steps]


def heading(step: Step, catalogue: Catalogue) -> str:
    """The exercise's title, with the side where it has one."""
    title = catalogue.text(step.exercise).title
    match step.side:
        case Side.LEFT:
            return _("{exercise}, left side").format(exercise=title)
        case Side.RIGHT:
            return _("{exercise}, right side").format(exercise=title)
        case _:
            return title


def _step(step: Step, catalogue: Catalogue) -> Words:
    text = catalogue.text(step.exercise)
    return {
        "title": text.title,
        "exercise": step.exercise,
        "side": step.side,
        "seconds": step.seconds,
        "reps": step.reps,
        "rep_s": step.seconds / step.reps if step.reps else None,
        "set": step.set,
        "sets": step.sets,
        "text": list(text.steps),
        "cues": list(text.cues),
        "cautions": list(text.cautions),
        "equipment": list(text.equipment),
        "source": text.source,
    }
