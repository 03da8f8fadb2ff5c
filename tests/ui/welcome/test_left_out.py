from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from tray_agent.ui.welcome.left_out import Exercise, LeftOut

pytestmark = pytest.mark.usefixtures("app")

KNEEL = Exercise("half_kneel", "Half-kneeling hip stretch")
QUAD = Exercise("standing_quad", "Standing quad stretch")


def words(shown: LeftOut) -> str:
    return "\n".join(label.text() for label in shown.findChildren(QLabel) if not label.isHidden())


def test_none_says_how_an_exercise_gets_here() -> None:
    shown = LeftOut(())
    assert "This hurts" in words(shown)
    assert shown.again() == []


def test_an_exercise_is_offered_again_when_asked_and_left_out_when_thought_better_of() -> None:
    shown = LeftOut((KNEEL, QUAD))
    assert "This hurts" not in words(shown)
    turn = shown.rows[1].turn
    turn.click()
    assert shown.again() == ["standing_quad"]
    assert "Standing quad stretch: will be offered again" in words(shown)
    assert turn.text() == "Leave it out"
    turn.click()
    assert shown.again() == []


def test_each_button_says_which_exercise_it_means() -> None:
    shown = LeftOut((KNEEL, QUAD))
    names = [row.turn.accessibleName() for row in shown.rows]
    assert names == ["Offer again: Half-kneeling hip stretch", "Offer again: Standing quad stretch"]


def test_one_that_comes_meanwhile_leaves_the_others_as_they_were_decided() -> None:
    shown = LeftOut((KNEEL,))
    shown.rows[0].turn.click()
    shown.show_exercises((KNEEL, QUAD))
    assert [row.exercise for row in shown.rows] == [KNEEL, QUAD]
    assert shown.again() == ["half_kneel"]
    shown.show_exercises(())
    assert shown.again() == []
    assert "This hurts" in words(shown)
