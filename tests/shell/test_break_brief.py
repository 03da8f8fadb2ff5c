"""What a break window is told of a routine."""

from __future__ import annotations

import msgspec
import pytest

from tray_agent.core.model import Kind, Routine, Side, Step
from tray_agent.shell import break_brief, catalogue
from tray_agent.ui.breaks.brief import Step as Told

KNOWN = catalogue.load()
STRETCH = Routine(
    7,
    Kind.HIP_FLEXOR,
    (Step("split_stance", Side.LEFT, 30.0, 0, 2, 3), Step("glute_bridge", None, 60.0, 10)),
)


def test_the_routine_is_named_and_numbered() -> None:
    told = break_brief.routine(STRETCH, KNOWN)
    assert (told["routine"], told["title"], told["kind"]) == (7, "Hip-flexor stretch", "hip_flexor")
    assert told["steps"] == break_brief.steps(STRETCH, KNOWN)


def test_each_step_has_its_dose_its_words_and_its_figure() -> None:
    held, counted = (msgspec.convert(step, Told) for step in break_brief.steps(STRETCH, KNOWN))
    assert (held.side, held.seconds, held.reps, held.rep_s, held.set, held.sets) == (
        Side.LEFT,
        30.0,
        0,
        None,
        2,
        3,
    )
    assert (counted.side, counted.reps, counted.rep_s) == (None, 10, 6.0)
    text = KNOWN.text("split_stance")
    assert (held.title, held.text, held.cues, held.cautions, held.equipment, held.source) == (
        text.title,
        text.steps,
        text.cues,
        text.cautions,
        text.equipment,
        text.source,
    )
    assert held.figure is not None and counted.figure is not None
    assert held.figure != counted.figure


@pytest.mark.parametrize(
    ("side", "heading"),
    [
        (Side.LEFT, "Split-stance stretch, left side"),
        (Side.RIGHT, "Split-stance stretch, right side"),
        (None, "Split-stance stretch"),
    ],
)
def test_a_heading_names_the_side(side: Side | None, heading: str) -> None:
    assert break_brief.heading(Step("split_stance", side, 30.0), KNOWN) == heading
