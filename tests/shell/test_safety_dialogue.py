from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tests.support.fake_windows import FakeWindows
from tray_agent.core.model import Condition, Kind, Limits
from tray_agent.shell.messages import CommandError
from tray_agent.shell.safety_dialogue import OPEN, SafetyDialogue, offer, safety_offer_due
from tray_agent.shell.store import SqliteStore
from tray_agent.ui.welcome.safety_window import SafetyBrief

TITLES = {"half_kneel": "Half-kneeling hip stretch", "standing_quad": "Standing quad stretch"}
NOW = 1_772_438_400.0


class Asker:
    """The dialogue over a real history."""

    def __init__(self, folder: Path) -> None:
        self.store = SqliteStore(folder / "history.sqlite3")
        self.windows = FakeWindows()
        self.failed: list[str] = []
        self.helped = 0
        self.dialogue = SafetyDialogue(
            self.windows,
            limits=self.store.limits,
            save=lambda limits: self.store.set_limits(limits, NOW),
            title_of=TITLES.__getitem__,
            get_help=self._help,
        )

    def _help(self) -> None:
        self.helped += 1

    def open(self) -> SafetyBrief:
        self.dialogue.open(self.failed.append)
        self.windows.says("safety", "ready")
        return msgspec.convert(self.windows.open_now["safety"], SafetyBrief)

    def said(self, limits: Limits) -> None:
        self.store.set_limits(limits, NOW)


@pytest.fixture
def asker(tmp_path: Path) -> Asker:
    return Asker(tmp_path)


def test_the_window_is_told_what_was_answered(asker: Asker) -> None:
    asker.said(Limits(True, frozenset({Condition.SORE_KNEE}), frozenset(TITLES)))
    brief = asker.open()
    assert brief.cleared
    assert [told.id for told in brief.conditions] == [condition.value for condition in Condition]
    assert [told.id for told in brief.conditions if told.on] == ["sore_knee"]
    assert [told.id for told in brief.conditions if told.bars] == ["pregnancy"]
    assert [exercise.title for exercise in brief.hurt] == sorted(TITLES.values())
    assert any("take the tick away" in line for section in brief.sections for line in section.lines)


def test_what_was_saved_is_kept(asker: Asker) -> None:
    asker.said(Limits(hurt=frozenset(TITLES)))
    asker.open()
    asker.windows.says("safety", "ended", cleared=True, conditions=["sore_wrist"], again=["half_kneel"])
    kept = Limits(True, frozenset({Condition.SORE_WRIST}), frozenset({"standing_quad"}))
    assert asker.store.limits() == kept


def test_closing_without_saving_changes_nothing(asker: Asker) -> None:
    before = Limits(True, frozenset({Condition.SORE_BACK}), frozenset({"half_kneel"}))
    asker.said(before)
    asker.open()
    asker.windows.says("safety", "ended")
    asker.open()
    asker.dialogue.close()
    assert asker.store.limits() == before
    assert not asker.windows.open_now


def test_what_hurt_meanwhile_is_not_lost_by_saving(asker: Asker) -> None:
    asker.open()
    asker.said(Limits(hurt=frozenset({"half_kneel"})))
    asker.dialogue.refresh()
    name, told = asker.windows.told[-1]
    assert (name, told) == ("safety", {"hurt": [{"id": "half_kneel", "title": TITLES["half_kneel"]}]})
    asker.windows.says("safety", "ended", cleared=True, conditions=[], again=[])
    assert asker.store.limits() == Limits(cleared=True, hurt=frozenset({"half_kneel"}))


def test_pregnancy_and_none_applies_cannot_both_be_true(asker: Asker) -> None:
    asker.open()
    asker.windows.says("safety", "ended", cleared=True, conditions=["pregnancy"], again=[])
    assert asker.store.limits() == Limits(False, frozenset({Condition.PREGNANCY}))


def test_an_exercise_of_another_version_can_still_be_taken_back(asker: Asker) -> None:
    asker.said(Limits(hurt=frozenset({"handstand"})))
    assert [exercise.title for exercise in asker.open().hurt] == ["handstand"]


def test_help_is_one_button_away_and_saves_nothing(asker: Asker) -> None:
    asker.open()
    asker.windows.says("safety", "help")
    assert (asker.helped, asker.store.limits()) == (1, Limits())


def test_a_window_that_cannot_be_shown_fails(asker: Asker) -> None:
    asker.dialogue.open(asker.failed.append)
    asker.windows.says("safety", "gone", reason="no display")
    assert asker.failed == ["no display"]


def test_the_verb_tells_and_opens_only_when_asked(asker: Asker) -> None:
    asker.said(Limits(cleared=True))
    told = {"cleared": True, "conditions": [], "hurt": []}
    assert asker.dialogue.answer({"open": False}) == {**told, "window": False}
    assert not asker.windows.open_now
    assert asker.dialogue.answer({"open": True}) == {**told, "window": True}
    assert "safety" in asker.windows.open_now


def test_the_verb_takes_answers_from_a_terminal(asker: Asker) -> None:
    asker.said(Limits(hurt=frozenset({"half_kneel"})))
    told = asker.dialogue.answer({"cleared": True, "conditions": ["cannot_stand"]})
    assert told["conditions"] == ["cannot_stand"]
    assert asker.store.limits() == Limits(
        True, frozenset({Condition.CANNOT_STAND}), frozenset({"half_kneel"})
    )
    with pytest.raises(CommandError):
        asker.dialogue.answer({"cleared": True, "conditions": ["tired"]})


DUE = {"cleared": False, "offered_before": False, "gated": True, "kind": Kind.HIP_FLEXOR}


@pytest.mark.parametrize(
    ("other", "due"),
    [
        ({}, True),
        ({"kind": Kind.GLUTES}, True),
        ({"kind": Kind.STAND_UP}, False),
        ({"cleared": True}, False),
        ({"offered_before": True}, False),
        ({"gated": False}, False),
    ],
)
def test_it_is_offered_once_after_a_break_with_a_movement(other: dict[str, object], due: bool) -> None:
    assert safety_offer_due(**{**DUE, **other}) is due  # type: ignore[arg-type]


def test_the_offer_asks_for_nothing_and_says_where_to_find_the_check() -> None:
    note = offer()
    assert note.prompt == 0
    assert [key for key, _label in note.actions] == [OPEN]
    assert "menu" in note.body
