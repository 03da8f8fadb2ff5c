"""Who is offered what: body, clothes, floor, intensity and the safety check, each by itself and together."""

from __future__ import annotations

import pytest
from msgspec import structs

from tray_agent.core.model import Condition, Exercise, Intensity, Kind, Limits, Position
from tray_agent.core.rules import Rules
from tray_agent.core.suitable import Suitable

STAND = Exercise("stand", Kind.STAND_UP)
SHIFT = Exercise("shift", Kind.STAND_UP, position=Position.CHAIR)
EASY = Exercise("easy", Kind.HIP_FLEXOR, harder="loaded")
LOADED = Exercise("loaded", Kind.HIP_FLEXOR, loaded=True, easier="easy", harder="kneeling")
KNEELING = Exercise(
    "kneeling",
    Kind.HIP_FLEXOR,
    floor=True,
    position=Position.HALF_KNEELING,
    office=False,
    not_with=frozenset({Condition.SORE_KNEE}),
    levels=frozenset({Intensity.STANDARD, Intensity.INTENSIVE}),
    easier="loaded",
)
SQUEEZE = Exercise("squeeze", Kind.GLUTES, rep_s=8)
SEATED = Exercise("seated", Kind.GLUTES, rep_s=8, position=Position.CHAIR)
ALL = (STAND, SHIFT, EASY, LOADED, KNEELING, SQUEEZE, SEATED)
CLEARED = Limits(cleared=True)


def stretches(rules: Rules | None = None, limits: Limits = CLEARED) -> str:
    return " ".join(e.id for e in Suitable(rules or Rules(), limits, ALL).of(Kind.HIP_FLEXOR))


def told(*conditions: Condition) -> Limits:
    return Limits(cleared=True, conditions=frozenset(conditions))


def hurt(*exercises: str) -> Limits:
    return Limits(cleared=True, hurt=frozenset(exercises))


def test_after_the_check_everything_is_open_in_the_given_order() -> None:
    assert stretches() == "easy loaded kneeling"


def test_floor_and_loaded_exercises_wait_for_the_check() -> None:
    assert stretches(limits=Limits()) == "easy"


def test_the_floor_can_be_declined_for_good() -> None:
    assert stretches(Rules(floor_exercises=False)) == "easy loaded"


def test_office_clothes_leave_out_what_does_not_suit_them() -> None:
    assert stretches(Rules(office_clothes=True)) == "easy loaded"


def test_an_intensity_has_its_own_exercises() -> None:
    assert stretches(Rules(intensity=Intensity.GENTLE)) == "easy loaded"
    assert stretches(Rules(intensity=Intensity.INTENSIVE)) == "easy loaded kneeling"


@pytest.mark.parametrize("condition", [Condition.SORE_WRIST, Condition.SORE_BACK])
def test_what_an_exercise_does_not_go_with_is_its_own_word(condition: Condition) -> None:
    assert stretches(limits=told(Condition.SORE_KNEE)) == "easy loaded"
    assert stretches(limits=told(condition)) == "easy loaded kneeling"


def test_pregnancy_takes_the_floor_and_all_that_is_loaded() -> None:
    assert stretches(limits=told(Condition.PREGNANCY)) == "easy"


class TestWhoCannotStand:
    limits = told(Condition.CANNOT_STAND)

    def test_stays_on_the_chair_whatever_the_kind(self) -> None:
        suitable = Suitable(Rules(), self.limits, ALL)
        assert [e.id for kind in Kind for e in suitable.of(kind)] == ["shift", "seated"]

    def test_is_offered_nothing_rather_than_something_to_stand_for(self) -> None:
        assert stretches(limits=self.limits) == ""

    def test_others_are_offered_a_chair_only_when_nothing_else_is_left(self) -> None:
        for limits, glutes in ((CLEARED, ["squeeze"]), (hurt("squeeze"), ["seated"])):
            assert [e.id for e in Suitable(Rules(), limits, ALL).of(Kind.GLUTES)] == glutes


class TestWhatHurts:
    def test_is_left_out_until_it_is_taken_back(self) -> None:
        assert stretches(limits=hurt("kneeling")) == "easy loaded"
        assert stretches(limits=hurt()) == "easy loaded kneeling"

    def test_takes_what_is_harder_with_it(self) -> None:
        assert stretches(limits=hurt("loaded")) == "easy"
        assert stretches(limits=hurt("easy")) == ""


class TestNeighbours:
    def test_the_nearest_easier_one_that_fits(self) -> None:
        for rules, limits, easier in (
            (Rules(), CLEARED, LOADED),
            (Rules(), told(Condition.PREGNANCY), EASY),
            (Rules(), told(Condition.CANNOT_STAND), None),
        ):
            assert Suitable(rules, limits, ALL).easier("kneeling") == easier
        assert Suitable(Rules(), CLEARED, ALL).easier("easy") is None

    def test_a_name_is_known_when_it_fits(self) -> None:
        assert Suitable(Rules(), CLEARED, ALL).named("kneeling") == KNEELING
        assert Suitable(Rules(), Limits(), ALL).named("kneeling") is None
        assert Suitable(Rules(), CLEARED, ALL).named("juggling") is None

    def test_neighbours_in_a_circle_or_unknown_do_no_harm(self) -> None:
        a = structs.replace(EASY, easier="loaded")
        lost = structs.replace(KNEELING, easier="nowhere")
        suitable = Suitable(Rules(), CLEARED, (a, LOADED, lost))
        assert (suitable.easier("easy"), suitable.easier("loaded")) == (LOADED, a)
        assert suitable.easier("kneeling") is None
        assert Suitable(Rules(), hurt("loaded"), (a, LOADED, lost)).of(Kind.HIP_FLEXOR) == (lost,)
