import json
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from tests.support.briefs import LEFT, LIFTS, RIGHT, brief
from tray_agent.ui.break_face import BreakFace
from tray_agent.ui.brief import read
from tray_agent.ui.drawn import Dial
from tray_agent.ui.player import Player

pytestmark = pytest.mark.usefixtures("app")


def face_of(*steps: dict[str, Any], still: bool = False) -> tuple[BreakFace, Player]:
    parsed = read(json.dumps(brief(*steps)).encode())
    face, player = BreakFace(parsed, still=still), Player(parsed.steps)
    face.show_step(player)
    return face, player


def dial(face: BreakFace) -> str:
    return face.findChildren(Dial)[0].accessibleName()


def labels(face: BreakFace) -> list[str]:
    return [label.text() for label in face.findChildren(QLabel) if not label.isHidden()]


def test_counts_the_seconds_down() -> None:
    face, player = face_of(LEFT, RIGHT)
    assert dial(face) == "30 seconds left"
    player.advance(3.4)
    face.show_time(player, paused=False)
    assert dial(face) == "27 seconds left"


def test_long_steps_count_down_in_minutes() -> None:
    face, _player = face_of({**LEFT, "seconds": 180.0})
    assert dial(face) == "3:00 left"


def test_reps_are_counted_up() -> None:
    face, player = face_of(LIFTS)
    player.advance(11.0)
    face.show_time(player, paused=False)
    assert dial(face) == "3 of 10"


def test_says_where_one_is_and_what_comes() -> None:
    face, player = face_of(LEFT, RIGHT)
    assert "Step 1 of 2" in labels(face)
    assert "Next: Split-stance stretch, right side, 30 seconds" in labels(face)
    player.finish_step()
    face.show_step(player)
    assert "Step 2 of 2" in labels(face)
    assert "Last step" in labels(face)


def test_a_single_step_needs_no_counting() -> None:
    face, _player = face_of(LEFT)
    assert not any(text.startswith(("Step 1", "Last")) for text in labels(face))


def test_a_pause_is_said() -> None:
    face, player = face_of(LEFT)
    face.show_time(player, paused=True)
    assert (dial(face), face.pause.text()) == ("30 paused", "Go on")
    face.show_time(player, paused=False)
    assert face.pause.text() == "Pause"


def test_still_moves_once_a_second() -> None:
    face, player = face_of(LIFTS, still=True)
    face.resize(800, 600)
    before = face.grab().toImage()
    player.advance(0.4)
    face.findChildren(Dial)[0].show_state(1.0, None, "1", "of 10")
    assert face.grab().toImage() == before


def test_the_end_leaves_one_button() -> None:
    face, player = face_of(LEFT)
    player.finish_step()
    face.show_end(player)
    assert (face.done.text(), face.stop.isHidden(), face.pause.isHidden()) == ("Close", True, True)


def test_a_small_window_gives_up_the_hint_about_keys() -> None:
    face, _player = face_of(LEFT)
    hint = "Space pauses · Enter ends a step · Esc stops"
    face.fit(roomy=True)
    assert hint in labels(face)
    face.fit(roomy=False)
    assert hint not in labels(face)
