"""Questions are answered on the loop, one after the other, on a thread that begins when it is wanted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

from tests.support.fake_loop import FakeLoop
from tests.support.turning import turn_for, turn_until
from tests.support.waiting import wait_until
from tray_agent.platforms.questions import AtOnce, Questions
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop


def thread() -> threading.Thread | None:
    return next((one for one in threading.enumerate() if one.name == "questions"), None)


def test_a_question_is_asked_elsewhere_and_answered_on_the_loop(loop: SelectorLoop) -> None:
    answers: list[tuple[object, object]] = []
    with closing(Questions(loop, Unavailable)) as questions:
        assert thread() is None, "nobody has asked yet"
        questions.ask(threading.current_thread, lambda who: answers.append((who, threading.current_thread())))
        turn_until(loop, lambda: answers, "the answer")
        ((asked_on, answered_on),) = answers
        assert asked_on is thread()
        assert answered_on is threading.current_thread()
    wait_until(lambda: thread() is None, "the thread to end")


def test_what_cannot_be_told_is_an_answer(loop: SelectorLoop) -> None:
    answers: list[object] = []

    def refuses() -> bool:
        raise Unavailable("nobody says")

    with closing(Questions(loop, Unavailable)) as questions:
        questions.ask(refuses, answers.append)
        questions.ask(lambda: True, answers.append)
        turn_until(loop, lambda: len(answers) == 2, "both answers")
    assert str(answers[0]) == "nobody says"
    assert answers[1] is True


def test_one_that_hangs_holds_up_the_next_and_not_the_loop(loop: SelectorLoop) -> None:
    answers: list[object] = []
    hangs = threading.Event()
    questions = Questions(loop, Unavailable)
    questions.ask(lambda: hangs.wait(10), answers.append)
    questions.ask(lambda: "next", answers.append)
    turn_for(loop, 0.05)
    assert answers == []
    questions.close()
    questions.close()
    hangs.set()
    turn_until(loop, lambda: answers == [True, "next"], "the answers")


def test_each_is_asked_inside_what_is_put_around_it_and_all_within_one(loop: SelectorLoop) -> None:
    seen: list[str] = []

    @contextmanager
    def pool() -> Iterator[None]:
        seen.append("in")
        yield
        seen.append("out")

    @contextmanager
    def session() -> Iterator[None]:
        seen.append("begins")
        yield
        seen.append("ends")

    with closing(Questions(loop, Unavailable, around=pool, throughout=session)) as questions:
        for _ in range(2):
            questions.ask(lambda: seen.append("asked"), lambda _: None)
    wait_until(lambda: seen[-1:] == ["ends"], "both")
    assert seen == ["begins", *["in", "asked", "out"] * 2, "ends"]


def test_it_can_be_asked_again_after_its_end(loop: SelectorLoop) -> None:
    questions = Questions(loop, Unavailable)
    questions.close()
    heard: list[object] = []
    questions.ask(lambda: 1, heard.append)
    turn_until(loop, lambda: heard == [1], "the answer")
    questions.close()
    questions.ask(lambda: 2, heard.append)
    turn_until(loop, lambda: heard == [1, 2], "the second answer")
    questions.close()


def test_what_needs_no_thread_is_asked_in_the_next_round() -> None:
    loop, answers = FakeLoop(), list[object]()
    refusal = Unavailable("nobody says")

    def refuses() -> bool:
        raise refusal

    for question in (lambda: True, refuses):
        AtOnce(loop).ask(question, answers.append)
    assert answers == []
    loop.settle()
    assert answers == [True, refusal]
