from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.fake_loop import FakeLoop
from tray_agent.platforms.linux.survey import LOOK_S, Answer, Survey
from tray_agent.ports import Health, State

YES, NO = Answer(True), Answer(False)
NEVER = Answer(None, State.ABSENT, "cannot tell")
WITHOUT = Health("video", State.ABSENT, None, "nobody is there")


class Witness:
    """Answers when the test says so."""

    def __init__(self, name: str = "witness") -> None:
        self.name = name
        self.asked = 0
        self.closed = False
        self.hint: Callable[[], object] = lambda: None
        self._answered: Callable[[Answer], object] = lambda _answer: None

    def begin(self, hint: Callable[[], object]) -> None:
        self.hint = hint

    def ask(self, answered: Callable[[Answer], object]) -> None:
        self.asked += 1
        self._answered = answered

    def says(self, answer: Answer) -> None:
        self._answered(answer)

    def close(self) -> None:
        self.closed = True


class Case:
    """A survey of witnesses named a, b, ..."""

    def __init__(self) -> None:
        self.loop = FakeLoop()
        self.told: list[bool | None] = []
        self.survey = Survey(self.loop, self.told.append)

    def adds(self, name: str = "a") -> Witness:
        witness = Witness(name)
        self.survey.add(witness)
        return witness

    @property
    def health(self) -> Health:
        return self.survey.health("video", WITHOUT)


@pytest.fixture
def case() -> Case:
    return Case()


def test_a_source_is_asked_when_it_comes_and_told_of_when_it_says_something_new(case: Case) -> None:
    a = case.adds()
    assert case.told == []
    a.says(NO)
    assert case.told == [False]
    a.hint()
    a.says(NO)
    assert (a.asked, case.told) == (2, [False])
    a.hint()
    a.says(YES)
    assert case.told == [False, True]


def test_a_look_is_answered_although_nothing_has_changed(case: Case) -> None:
    a = case.adds()
    a.says(NO)
    case.survey.look()
    assert a.asked == 2
    a.says(NO)
    assert case.told == [False, False]
    case.loop.advance(2 * LOOK_S)
    assert case.told == [False, False]


def test_a_look_waits_for_all_and_yes_outweighs_no(case: Case) -> None:
    a, b = case.adds(), case.adds("b")
    a.says(NO)
    b.says(NO)
    assert case.told == [False]
    case.survey.look()
    a.says(YES)
    b.says(NO)
    assert case.told == [False, True, True]


def test_silence_is_no_answer_and_ends_the_look_in_time(case: Case) -> None:
    a, b = case.adds(), case.adds("b")
    a.says(NO)
    b.says(NO)
    case.survey.look()
    a.says(NO)
    case.loop.advance(LOOK_S)
    assert case.told == [False, None]
    assert case.health == Health("video", State.DEGRADED, "a, b", "b does not answer")
    b.says(NO)
    assert case.told == [False, None, False]
    assert case.health == Health("video", State.OK, "a, b", value="off")


def test_who_could_never_tell_leaves_the_answer_to_the_others(case: Case) -> None:
    a = case.adds()
    a.says(NEVER)
    assert case.survey.on is None
    assert case.health == Health("video", State.ABSENT, "a", "a cannot tell")
    case.adds("b").says(NO)
    assert case.survey.on is False
    case.survey.look()
    case.loop.advance(LOOK_S)
    assert case.told == [False, None]


def test_a_hint_while_the_answer_is_on_its_way_is_a_new_question(case: Case) -> None:
    a = case.adds()
    a.hint()
    a.hint()
    assert a.asked == 1
    a.says(NO)
    assert (a.asked, case.told) == (2, [False])
    a.says(YES)
    assert (a.asked, case.told) == (2, [False, True])


def test_an_answer_on_its_way_is_too_old_for_a_look(case: Case) -> None:
    a = case.adds()
    case.survey.look()
    case.survey.look()
    a.says(NO)
    assert case.told == [False]
    a.says(YES)
    assert (a.asked, case.told) == (2, [False, True])


def test_who_leaves_is_forgotten_with_what_it_said(case: Case) -> None:
    a, b = case.adds(), case.adds("b")
    a.says(YES)
    b.says(NO)
    case.survey.drop(a)
    case.survey.drop(a)
    assert a.closed and case.told == [True, False]
    a.says(YES)
    a.hint()
    assert (a.asked, case.told) == (1, [True, False])


def test_a_look_ends_when_the_last_who_was_asked_leaves(case: Case) -> None:
    a = case.adds()
    a.says(NO)
    case.survey.look()
    case.survey.drop(a)
    assert case.told == [False, None]


def test_without_a_source_a_look_tells_what_is_assumed(case: Case) -> None:
    case.survey.look()
    assert case.told == []
    case.loop.advance(0.0)
    assert case.told == [None]
    case.survey.assume(False)
    assert case.told == [None, False]
    assert case.health is WITHOUT


def test_before_the_first_answer_health_says_so(case: Case) -> None:
    case.adds()
    assert case.health == Health("video", State.DEGRADED, "a", "a has not answered yet")


def test_closed_it_says_no_more(case: Case) -> None:
    a = case.adds()
    a.says(YES)
    case.survey.look()
    case.survey.close()
    case.survey.close()
    a.says(NO)
    case.loop.advance(LOOK_S)
    assert a.closed and case.told == [True]
