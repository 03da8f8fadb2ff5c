"""The week's doses beside the least they should come to."""

from __future__ import annotations

from tests.support.timeline import NewDay, Playbook
from tray_agent.core import events as ev
from tray_agent.core.model import Kind
from tray_agent.core.rules import Rules
from tray_agent.core.week import Week


def moves(day: Playbook, kind: Kind, steps: int | None = None) -> None:
    day.tells(ev.BreakRequested(kind))
    day.finishes(steps=steps)


def test_what_was_done_adds_up_over_the_days_by_side(new_day: NewDay) -> None:
    day = new_day(Rules())
    moves(day, Kind.HIP_FLEXOR)
    moves(day, Kind.HIP_FLEXOR, steps=1)
    moves(day, Kind.GLUTES)
    day.calendar("2026-03-03", "2026-W10")
    moves(day, Kind.GLUTES, steps=1)
    moves(day, Kind.STAND_UP)
    assert day.view.week == Week(
        "2026-W10",
        hip_flexor_left_s=30,
        hip_flexor_right_s=60,
        glute_days=2,
        glute_sets=2,
        standing_s=120 + 100 + 180,
    )
    assert (day.view.week.hip_flexor_least_s, day.view.week.glute_days_least) == (300, 2)


def test_standing_by_one_s_own_word_is_part_of_it(new_day: NewDay) -> None:
    day = new_day(Rules())
    day.works("0:00", "0:10")
    day.says("standing", "0:10")
    day.says("seated", "0:30")
    day.calendar("2026-03-03", "2026-W10")
    day.says("standing", "1:00")
    day.says("seated", "1:05")
    assert day.view.week.standing_s == 25 * 60


def test_a_new_week_begins_with_nothing(new_day: NewDay) -> None:
    day = new_day(Rules())
    for kind in Kind:
        moves(day, kind)
    day.calendar("2026-03-09", "2026-W11")
    assert day.view.week == Week("2026-W11")
    moves(day, Kind.GLUTES)
    assert (day.view.week.glute_days, day.view.week.standing_s) == (1, 100)


def test_erasing_forgets_it_and_the_days_after_count_on(new_day: NewDay) -> None:
    day = new_day(Rules())
    for kind in Kind:
        moves(day, kind)
    day.tells(ev.Forget())
    assert day.view.week == Week("2026-W10")
    moves(day, Kind.STAND_UP)
    day.calendar("2026-03-03", "2026-W10")
    assert day.view.week == Week("2026-W10", standing_s=180)
