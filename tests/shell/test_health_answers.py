from __future__ import annotations

from pathlib import Path

import pytest

from tray_agent.core import events as ev
from tray_agent.core.engine import Engine, State
from tray_agent.core.model import Condition, Exercise, Kind, Limits
from tray_agent.core.rules import Rules
from tray_agent.ports import Clocks
from tray_agent.shell.health_answers import answers, limits
from tray_agent.shell.state_file import StateFile

EVERYTHING = Limits(
    cleared=True, conditions=frozenset(Condition), hurt=frozenset({"half_kneel", "low_lunge"})
)


def test_every_answer_has_its_name() -> None:
    assert answers(EVERYTHING) == {
        "safety_cleared": "yes",
        "condition.cannot_stand": "yes",
        "condition.pregnancy": "yes",
        "condition.sore_back": "yes",
        "condition.sore_knee": "yes",
        "condition.sore_wrist": "yes",
        "hurts.half_kneel": "yes",
        "hurts.low_lunge": "yes",
    }
    assert answers(Limits()) == {"safety_cleared": "no"}


@pytest.mark.parametrize("said", [EVERYTHING, Limits(), Limits(conditions=frozenset({Condition.SORE_BACK}))])
def test_what_was_said_is_read_again(said: Limits) -> None:
    assert limits(answers(said)) == said


def test_nothing_said_is_nothing_allowed() -> None:
    assert limits({}) == Limits()


def test_they_never_reach_the_snapshot_on_the_disk(tmp_path: Path) -> None:
    hurt = Exercise("unmistakable", Kind.HIP_FLEXOR)
    other = Exercise("other", Kind.HIP_FLEXOR)
    engine = Engine(Rules(), (hurt, other))
    engine.handle(ev.LimitsSaid(EVERYTHING), 0)
    engine.handle(ev.LimitsSaid(Limits(cleared=True)), 0)
    engine.handle(ev.BreakRequested(Kind.HIP_FLEXOR), 0)
    engine.handle(ev.Hurts(1, 0), 0)
    assert "unmistakable" in engine.limits.hurt
    file = tmp_path / "state.json"
    StateFile(file, State).save(engine.snapshot(), 0.0, Clocks("boot", 0.0, 0.0, 0.0))
    saved = file.read_text()
    for word in ("hurt", "cleared", "limits", "half_kneel", *Condition):
        assert word not in saved, word


def test_names_of_another_version_are_passed_over() -> None:
    assert limits({"safety_cleared": "yes", "condition.left_handed": "yes", "mood": "good"}) == Limits(
        cleared=True
    )
