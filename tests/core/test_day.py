import pytest

from tests.support.timeline import Playbook, clock, seconds
from tray_agent.core.day import course
from tray_agent.core.engine import State
from tray_agent.core.model import Cause, Posture
from tray_agent.core.timeline import Timeline


def told(day: Playbook, now: str) -> list[str]:
    """The course of the day up to `now`, as `posture from-to cause`."""
    seen = course(day.engine.snapshot(), seconds(now)).spans
    return [
        " ".join(filter(None, (span.posture, f"{clock(span.start)}-{clock(span.end)}", span.cause)))
        for span in seen
    ]


@pytest.fixture
def day() -> Playbook:
    return Playbook()


def test_nobody_came() -> None:
    assert course(State(), 100.0).spans == ()


def test_bouts_and_the_breaks_between_them(day: Playbook) -> None:
    day.works("0:00", "0:30")
    day.works("0:40", "1:00")
    assert told(day, "1:00") == ["seated 0:00-0:30", "away 0:30-0:40 idle", "seated 0:40-1:00"]


def test_a_pause_is_part_of_its_bout(day: Playbook) -> None:
    day.works("0:00", "0:10")
    day.locks("0:10")
    day.works("0:11", "0:30")
    assert told(day, "0:30") == ["seated 0:00-0:30"]


def test_an_absence_that_lasts_is_seen_from_its_beginning(day: Playbook) -> None:
    day.works("0:00", "0:10")
    day.locks("0:10")
    assert told(day, "0:11") == ["seated 0:00-0:10", "away 0:10-0:11 lock"]


def test_standing_is_cut_out_of_the_time_off_the_chair(day: Playbook) -> None:
    day.works("0:00", "0:30")
    day.says("standing", "0:30")
    day.says("seated", "0:50")
    day.works("0:50", "1:00")
    assert told(day, "1:00") == ["seated 0:00-0:30", "standing 0:30-0:50 standing", "seated 0:50-1:00"]


def test_who_stands_still_stands(day: Playbook) -> None:
    day.works("0:00", "0:30")
    day.says("standing", "0:30")
    assert told(day, "0:35") == ["seated 0:00-0:30", "standing 0:30-0:35 standing"]


def test_the_day_begins_where_it_began() -> None:
    state = State()
    state.estimator.timeline = timeline = Timeline(0.0, 0.0)
    timeline.leave(600.0, Cause.LOCK)
    timeline.sit_down(1200.0)
    state.ledger.began, state.ledger.date = 3600.0, "2026-03-02"
    seen = course(state, 7200.0)
    assert (seen.date, seen.began) == ("2026-03-02", 3600.0)
    (span,) = seen.spans
    assert (span.posture, span.start, span.end, span.cause) == (Posture.SEATED, 3600.0, 7200.0, None)


def test_who_stood_and_left_did_both(day: Playbook) -> None:
    timeline = Timeline(0.0, 0.0)
    timeline.leave(600.0, Cause.STANDING)
    timeline.sit_down(1800.0)
    timeline.stand(700.0, 1000.0)
    timeline.stand(1200.0, 1300.0)
    state = State()
    state.estimator.timeline = timeline
    seen = [(span.posture.value, span.start, span.end) for span in course(state, 2000.0).spans]
    assert seen == [
        ("seated", 0.0, 600.0),
        ("away", 600.0, 700.0),
        ("standing", 700.0, 1000.0),
        ("away", 1000.0, 1200.0),
        ("standing", 1200.0, 1300.0),
        ("away", 1300.0, 1800.0),
        ("seated", 1800.0, 2000.0),
    ]
    assert day.engine.snapshot().estimator.timeline.first is None


def test_what_it_adds_up_to_is_what_the_day_says(day: Playbook) -> None:
    day.works("0:00", "0:30")
    day.says("standing", "0:30")
    day.says("seated", "0:45")
    day.works("0:45", "1:00")
    day.works("1:10", "1:20")
    view = day.engine.view(seconds("1:20"))
    spans = course(day.engine.snapshot(), view.now).spans
    for posture, figure in (
        (Posture.SEATED, view.today.sitting_s),
        (Posture.STANDING, view.today.standing_s),
    ):
        assert sum(span.end - span.start for span in spans if span.posture is posture) == figure > 0
