"""The chair as a timeline: minutes are literal, seconds are minutes times 60."""

from __future__ import annotations

import pytest

from tray_agent.core.model import Break, Cause
from tray_agent.core.timeline import Absence, Off, Timeline

MIN = 60.0


def morning() -> Timeline:
    """Seated 0-30, off 30-40, seated 40-60, a pause of 1 min, seated 61-90, off 90-95, seated since."""
    timeline = Timeline()
    timeline.sit_down(0)
    for left, back, cause in ((30, 40, Cause.IDLE), (60, 61, Cause.LOCK), (90, 95, Cause.STANDING)):
        timeline.leave(left * MIN, cause)
        timeline.sit_down(back * MIN)
    return timeline


def bouts(timeline: Timeline, now: float = 120, since: float = 0) -> list[tuple[float, float]]:
    return [(start / MIN, end / MIN) for start, end in timeline.bouts(now * MIN, since * MIN)]


def breaks(timeline: Timeline, since: float = 0) -> list[tuple[float, float | None]]:
    return [(b.start / MIN, None if b.end is None else b.end / MIN) for b in timeline.breaks(since * MIN)]


class TestSittingAndLeaving:
    def test_nobody_has_sat_yet(self) -> None:
        timeline = Timeline()
        timeline.leave(10, Cause.IDLE)
        assert timeline.absence is None
        assert timeline.sitting_s(100) == 0
        assert bouts(timeline) == []

    def test_bouts_and_breaks(self) -> None:
        assert bouts(morning()) == [(0, 30), (40, 90), (95, 120)]
        assert breaks(morning()) == [(30, 40), (90, 95)]
        assert morning().sitting_s(120 * MIN) == 25 * MIN

    def test_sitting_down_twice_is_once(self) -> None:
        timeline = morning()
        assert timeline.sit_down(100 * MIN) is None
        assert timeline == morning()

    def test_leaving_twice_is_once(self) -> None:
        timeline = morning()
        timeline.leave(100 * MIN, Cause.LOCK)
        timeline.leave(101 * MIN, Cause.IDLE)
        assert timeline.absence == Absence(100 * MIN, Cause.LOCK)

    def test_nobody_leaves_before_having_come_back(self) -> None:
        timeline = morning()
        timeline.leave(93 * MIN, Cause.IDLE)
        assert timeline.absence == Absence(95 * MIN, Cause.IDLE)
        assert timeline.sit_down(94 * MIN) == Off(95 * MIN, 95 * MIN, Cause.IDLE)

    @pytest.mark.parametrize(("off_s", "is_break"), [(119.999, False), (120.0, True), (121.0, True)])
    def test_120_s_off_the_chair_end_a_bout(self, off_s: float, is_break: bool) -> None:
        timeline = morning()
        timeline.leave(100.1 * MIN, Cause.IDLE)
        assert timeline.sitting_s(100.1 * MIN + off_s) == (0 if is_break else pytest.approx(5.1 * MIN))
        off = timeline.sit_down(100.1 * MIN + off_s)
        assert off is not None
        assert off.is_break is is_break

    def test_an_open_absence_ends_the_running_bout_where_it_began(self) -> None:
        timeline = morning()
        timeline.leave(100 * MIN, Cause.IDLE)
        assert bouts(timeline)[-1] == (95, 100)
        assert breaks(timeline) == [(30, 40), (90, 95)]


class TestSince:
    def test_bouts_are_cut_there(self) -> None:
        assert bouts(morning(), since=50) == [(50, 90), (95, 120)]
        assert bouts(morning(), since=35) == [(40, 90), (95, 120)]
        assert bouts(morning(), since=100) == [(100, 120)]
        assert bouts(morning(), now=100, since=100) == []

    def test_breaks_count_when_they_ended_later(self) -> None:
        assert breaks(morning(), since=35) == [(30, 40), (90, 95)]
        assert breaks(morning(), since=40) == [(90, 95)]

    def test_what_is_forgotten_leaves_the_rest_as_it_was(self) -> None:
        timeline = morning()
        timeline.forget(50 * MIN)
        assert bouts(timeline) == [(40, 90), (95, 120)]
        assert breaks(timeline) == [(90, 95)]
        timeline.forget(50 * MIN)
        assert bouts(timeline) == [(40, 90), (95, 120)]

    def test_a_bout_without_an_end_is_never_forgotten(self) -> None:
        timeline = Timeline()
        timeline.sit_down(0)
        timeline.forget(50 * MIN)
        assert bouts(timeline) == [(0, 120)]
        assert timeline.sitting_s(120 * MIN) == 120 * MIN


class TestCorrections:
    def corrected(
        self, start: float, end: float, *, seated: bool, open_from: float | None = None
    ) -> Timeline:
        timeline = morning()
        if open_from is not None:
            timeline.leave(open_from * MIN, Cause.IDLE)
        timeline.correct(start * MIN, end * MIN, seated)
        spans = bouts(timeline)
        assert all(start <= end for start, end in spans)
        assert spans == sorted(spans)
        return timeline

    def test_a_break_that_was_none(self) -> None:
        timeline = self.corrected(30, 40, seated=True)
        assert bouts(timeline) == [(0, 90), (95, 120)]
        assert breaks(timeline) == [(90, 95)]

    def test_the_last_break_was_none_and_the_bout_runs_on(self) -> None:
        timeline = self.corrected(90, 95, seated=True)
        assert timeline.sitting_s(120 * MIN) == 80 * MIN

    def test_no_break_at_all_and_the_first_bout_runs_on(self) -> None:
        timeline = self.corrected(0, 100, seated=True)
        assert timeline.sitting_s(120 * MIN) == 120 * MIN

    def test_half_a_break(self) -> None:
        assert breaks(self.corrected(35, 50, seated=True)) == [(30, 35), (90, 95)]
        assert breaks(self.corrected(20, 35, seated=True)) == [(35, 40), (90, 95)]

    def test_the_middle_of_a_break(self) -> None:
        assert breaks(self.corrected(33, 36, seated=True)) == [(30, 33), (36, 40), (90, 95)]

    def test_what_is_left_may_be_too_short(self) -> None:
        assert breaks(self.corrected(31, 39, seated=True)) == [(90, 95)]

    def test_a_break_that_nobody_saw(self) -> None:
        timeline = self.corrected(70, 80, seated=False)
        assert breaks(timeline) == [(30, 40), (70, 80), (90, 95)]
        assert timeline.breaks(60 * MIN)[0] == Break(70 * MIN, 80 * MIN, Cause.SAID)

    def test_a_break_in_the_running_bout(self) -> None:
        assert self.corrected(100, 110, seated=False).sitting_s(120 * MIN) == 10 * MIN

    def test_a_break_that_was_longer(self) -> None:
        assert breaks(self.corrected(38, 50, seated=False)) == [(30, 50), (90, 95)]
        assert breaks(self.corrected(20, 30, seated=False)) == [(20, 40), (90, 95)]
        assert breaks(self.corrected(32, 36, seated=False)) == [(30, 40), (90, 95)]

    def test_two_breaks_that_were_one(self) -> None:
        assert breaks(self.corrected(35, 92, seated=False)) == [(30, 95)]

    def test_a_pause_that_was_a_break(self) -> None:
        assert breaks(self.corrected(61, 63, seated=False)) == [(30, 40), (60, 63), (90, 95)]

    def test_before_anybody_sat_there_is_nothing_to_correct(self) -> None:
        timeline = Timeline()
        timeline.correct(0, 10, seated=False)
        assert timeline == Timeline()
        timeline.sit_down(20)
        timeline.correct(0, 20, seated=False)
        assert timeline.offs == []
        timeline.correct(0, 200, seated=False)
        assert timeline.offs == [Off(20, 200, Cause.SAID)]

    @pytest.mark.parametrize(
        ("start", "end", "seated", "absent_since", "broke"),
        [
            (100, 110, True, 110, []),  # sat at first, and left later
            (105, 110, True, 110, [(100, 105)]),  # came back in between
            (97, 100, False, 97, []),  # had left before
            (97, 110, False, 97, []),
            (102, 110, False, 100, []),  # was away anyway
            (96, 98, False, 100, [(96, 98)]),
            (96, 98, True, 100, []),
        ],
    )
    def test_an_absence_that_still_lasts(
        self, start: float, end: float, seated: bool, absent_since: float, broke: list[tuple[float, float]]
    ) -> None:
        timeline = self.corrected(start, end, seated=seated, open_from=100)
        assert timeline.absence is not None
        assert timeline.absence.start == absent_since * MIN
        assert breaks(timeline) == [(30, 40), (90, 95), *broke]
