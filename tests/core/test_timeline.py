"""The chair as a timeline: minutes are literal, seconds are minutes times 60."""

from __future__ import annotations

import math

import pytest

from tray_agent.core.model import Break, Cause, Posture
from tray_agent.core.rules import KEEP_S
from tray_agent.core.timeline import Absence, Off, Span, Timeline

MIN = 60.0
SEATED, STANDING, AWAY = Posture.SEATED, Posture.STANDING, Posture.AWAY


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
        timeline.forget(50 * MIN + KEEP_S)
        assert bouts(timeline) == [(40, 90), (95, 120)]
        assert breaks(timeline) == [(90, 95)]
        timeline.forget(50 * MIN + KEEP_S)
        assert bouts(timeline) == [(40, 90), (95, 120)]

    def test_a_bout_without_an_end_is_never_forgotten(self) -> None:
        timeline = Timeline()
        timeline.sit_down(0)
        timeline.forget(50 * MIN + KEEP_S)
        assert bouts(timeline) == [(0, 120)]
        assert timeline.sitting_s(120 * MIN) == 120 * MIN


class TestStanding:
    def stood(self) -> Timeline:
        timeline = morning()
        timeline.stand(30 * MIN, 35 * MIN)
        timeline.stand(90 * MIN, 94 * MIN)
        return timeline

    def test_adds_up_since_a_time(self) -> None:
        assert Timeline().stood_s(0) == 0
        assert self.stood().stood_s(0) == 9 * MIN
        assert self.stood().stood_s(33 * MIN) == 6 * MIN
        assert self.stood().stood_s(94 * MIN) == 0

    def test_no_time_is_stood_twice(self) -> None:
        timeline = self.stood()
        timeline.stand(34 * MIN, 37 * MIN)
        timeline.stand(20 * MIN, 20 * MIN)
        timeline.stand(94 * MIN, 95 * MIN)
        assert timeline.stood == [(30 * MIN, 37 * MIN), (90 * MIN, 95 * MIN)]

    def test_what_still_lasts_counts_and_is_not_kept(self) -> None:
        timeline = self.stood()
        assert timeline.stood_s(0, (92 * MIN, 100 * MIN)) == 15 * MIN
        assert timeline == self.stood()

    def test_whoever_sat_did_not_stand(self) -> None:
        timeline = self.stood()
        timeline.correct(32 * MIN, 92 * MIN, SEATED)
        assert timeline.stood == [(30 * MIN, 32 * MIN), (92 * MIN, 94 * MIN)]
        assert breaks(timeline) == [(30, 32), (92, 95)]
        timeline.correct(31 * MIN, 31.5 * MIN, SEATED)
        assert timeline.stood[:2] == [(30 * MIN, 31 * MIN), (31.5 * MIN, 32 * MIN)]

    def test_whoever_was_up_may_have_stood(self) -> None:
        timeline = self.stood()
        timeline.correct(25 * MIN, 60 * MIN, AWAY)
        assert timeline.stood == self.stood().stood

    def test_whoever_stood_was_off_the_chair(self) -> None:
        timeline = self.stood()
        timeline.correct(70 * MIN, 80 * MIN, STANDING)
        assert timeline.stood_s(0) == 19 * MIN
        assert timeline.breaks(60 * MIN)[0] == Break(70 * MIN, 80 * MIN, Cause.STANDING)

    def test_the_longest_part_names_the_cause(self) -> None:
        timeline = self.stood()
        timeline.correct(38 * MIN, 41 * MIN, STANDING)
        assert timeline.breaks(0)[0] == Break(30 * MIN, 41 * MIN, Cause.IDLE)
        timeline.correct(30 * MIN, 41 * MIN, STANDING)
        assert timeline.breaks(0)[0] == Break(30 * MIN, 41 * MIN, Cause.STANDING)

    def test_is_forgotten_with_the_rest(self) -> None:
        timeline = self.stood()
        timeline.forget(50 * MIN + KEEP_S)
        assert timeline.stood == [(90 * MIN, 94 * MIN)]

    def test_is_forgotten_even_if_nothing_else_is(self) -> None:
        timeline = Timeline()
        timeline.stand(0, 600)
        assert timeline.deadline() == 600 + KEEP_S
        timeline.forget(599 + KEEP_S)
        assert timeline.stood
        timeline.forget(600 + KEEP_S)
        assert timeline == Timeline()
        assert timeline.deadline() is None


class TestTelling:
    def ended(self, timeline: Timeline, since: float = 0, now: float = 120) -> list[tuple[float, float, str]]:
        told = timeline.ended(now * MIN, since * MIN)
        return [(start / MIN, end / MIN, cause.value) for (start, end), cause in told]

    def test_bouts_that_are_over_and_what_ended_them(self) -> None:
        assert self.ended(Timeline()) == []
        assert self.ended(morning()) == [(0, 30, "idle"), (40, 90, "standing")]
        assert self.ended(morning(), since=40) == [(40, 90, "standing")]
        assert self.ended(morning(), since=41) == []

    def test_the_running_bout_is_over_when_its_absence_has_become_a_break(self) -> None:
        timeline = morning()
        timeline.leave(100 * MIN, Cause.LOCK)
        assert self.ended(timeline, since=50, now=101.9) == []
        assert self.ended(timeline, since=50, now=102) == [(95, 100, "lock")]

    def test_a_break_from_the_very_first_has_no_bout_before_it(self) -> None:
        timeline = morning()
        timeline.correct(0, 35 * MIN, AWAY)
        assert self.ended(timeline) == [(40, 90, "standing")]

    @pytest.mark.parametrize(
        ("at", "began"),
        [(-5, -5), (0, 0), (29, 0), (30, 30), (39, 30), (40, 40), (60.5, 40), (92, 90), (110, 95)],
    )
    def test_what_goes_on_around_a_time(self, at: float, began: float) -> None:
        assert morning().around(at * MIN) == began * MIN

    @pytest.mark.parametrize(
        ("at", "edge"),
        [(1801, 1800), (1799.5, 1800), (2400.2, 2400), (3600, 3600), (6000.9, 6000), (6002, 6002)],
    )
    def test_a_moment_beside_an_edge_is_the_edge(self, at: float, edge: float) -> None:
        timeline = morning()
        timeline.leave(100 * MIN, Cause.LOCK)
        assert timeline.edge(at) == edge
        assert Timeline().edge(at) == at

    def test_around_an_absence_that_lasts(self) -> None:
        timeline = morning()
        timeline.leave(100 * MIN, Cause.LOCK)
        assert timeline.around(99 * MIN) == 95 * MIN
        assert timeline.around(105 * MIN) == 100 * MIN

    def test_around_standing_that_nothing_else_knows_of(self) -> None:
        timeline = Timeline()
        assert timeline.around(5) == 5
        timeline.stand(0, 10)
        assert timeline.around(5) == 0
        timeline.sit_down(10)
        assert timeline.around(10) == 0
        assert timeline.around(11) == 10


class TestCorrections:
    def corrected(
        self, start: float, end: float, *, posture: Posture, open_from: float | None = None
    ) -> Timeline:
        timeline = morning()
        if open_from is not None:
            timeline.leave(open_from * MIN, Cause.IDLE)
        timeline.correct(start * MIN, end * MIN, posture)
        spans = bouts(timeline)
        assert all(start <= end for start, end in spans)
        assert spans == sorted(spans)
        return timeline

    def test_a_break_that_was_none(self) -> None:
        timeline = self.corrected(30, 40, posture=SEATED)
        assert bouts(timeline) == [(0, 90), (95, 120)]
        assert breaks(timeline) == [(90, 95)]

    def test_the_last_break_was_none_and_the_bout_runs_on(self) -> None:
        timeline = self.corrected(90, 95, posture=SEATED)
        assert timeline.sitting_s(120 * MIN) == 80 * MIN

    def test_no_break_at_all_and_the_first_bout_runs_on(self) -> None:
        timeline = self.corrected(0, 100, posture=SEATED)
        assert timeline.sitting_s(120 * MIN) == 120 * MIN

    def test_half_a_break(self) -> None:
        assert breaks(self.corrected(35, 50, posture=SEATED)) == [(30, 35), (90, 95)]
        assert breaks(self.corrected(20, 35, posture=SEATED)) == [(35, 40), (90, 95)]

    def test_the_middle_of_a_break(self) -> None:
        assert breaks(self.corrected(33, 36, posture=SEATED)) == [(30, 33), (36, 40), (90, 95)]

    def test_what_is_left_may_be_too_short(self) -> None:
        assert breaks(self.corrected(31, 39, posture=SEATED)) == [(90, 95)]

    def test_a_break_that_nobody_saw(self) -> None:
        timeline = self.corrected(70, 80, posture=AWAY)
        assert breaks(timeline) == [(30, 40), (70, 80), (90, 95)]
        assert timeline.breaks(60 * MIN)[0] == Break(70 * MIN, 80 * MIN, Cause.SAID)

    def test_a_break_in_the_running_bout(self) -> None:
        assert self.corrected(100, 110, posture=AWAY).sitting_s(120 * MIN) == 10 * MIN

    def test_a_break_that_was_longer(self) -> None:
        assert breaks(self.corrected(38, 50, posture=AWAY)) == [(30, 50), (90, 95)]
        assert breaks(self.corrected(20, 30, posture=AWAY)) == [(20, 40), (90, 95)]
        assert breaks(self.corrected(32, 36, posture=AWAY)) == [(30, 40), (90, 95)]

    def test_two_breaks_that_were_one(self) -> None:
        assert breaks(self.corrected(35, 92, posture=AWAY)) == [(30, 95)]

    def test_a_pause_that_was_a_break(self) -> None:
        assert breaks(self.corrected(61, 63, posture=AWAY)) == [(30, 40), (60, 63), (90, 95)]

    def test_whoever_sits_still_has_not_left(self) -> None:
        timeline = morning()
        timeline.leave(100 * MIN, Cause.IDLE)
        timeline.correct(100 * MIN, math.inf, SEATED)
        assert timeline.absence is None
        assert timeline.sitting_s(120 * MIN) == 25 * MIN
        timeline.leave(110 * MIN, Cause.IDLE)
        timeline.correct(115 * MIN, math.inf, SEATED)
        assert timeline.absence is None
        assert breaks(timeline)[-1] == (110, 115)

    def test_taken_back_it_is_as_it_was(self) -> None:
        timeline = morning()
        for posture in (AWAY, SEATED, STANDING, SEATED):
            timeline.correct(50 * MIN, 55 * MIN, posture)
        assert timeline == morning()
        for posture in (SEATED, AWAY):
            timeline.correct(30 * MIN, 40 * MIN, posture)
        assert (bouts(timeline), breaks(timeline)) == (bouts(morning()), breaks(morning()))

    def test_before_anybody_sat_there_is_nothing_to_correct(self) -> None:
        timeline = Timeline()
        timeline.correct(0, 10, AWAY)
        assert timeline == Timeline()
        timeline.sit_down(20)
        timeline.correct(0, 20, AWAY)
        assert timeline.offs == []
        timeline.correct(0, 200, AWAY)
        assert timeline.offs == [Off(20, 200, Cause.SAID)]

    @pytest.mark.parametrize(
        ("start", "end", "posture", "absent_since", "broke"),
        [
            (100, 110, SEATED, 110, []),  # sat at first, and left later
            (105, 110, SEATED, 110, [(100, 105)]),  # came back in between
            (97, 100, AWAY, 97, []),  # had left before
            (97, 110, AWAY, 97, []),
            (102, 110, AWAY, 100, []),  # was away anyway
            (96, 98, AWAY, 100, [(96, 98)]),
            (96, 98, SEATED, 100, []),
        ],
    )
    def test_an_absence_that_still_lasts(
        self, start: float, end: float, posture: Posture, absent_since: float, broke: list[Span]
    ) -> None:
        timeline = self.corrected(start, end, posture=posture, open_from=100)
        assert timeline.absence is not None
        assert timeline.absence.start == absent_since * MIN
        assert breaks(timeline) == [(30, 40), (90, 95), *broke]
