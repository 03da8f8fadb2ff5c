from __future__ import annotations

from tests.support.timeline import Playbook
from tray_agent.core import events as ev
from tray_agent.core.ledger import Ledger, LedgerState, Today, together
from tray_agent.core.model import Dose, Kind, Outcome
from tray_agent.core.rules import Rules
from tray_agent.core.timeline import Timeline

MIN = 60


def test_a_day_in_figures() -> None:
    day = Playbook()
    day.works("0:00", "0:50")  # a prompt at 0:45 is ignored at 0:47
    day.works("0:55", "1:40")  # a prompt at 1:40
    day.answers("snooze")
    day.works("1:40:20", "1:50")
    day.answers("skip")
    day.says("standing", "1:51")
    day.works("1:51:20", "2:11")
    day.says("seated", "2:11")
    day.works("2:11:20", "2:21")
    today = day.view.today
    assert today.sitting_s == (50 + 56 + 10) * MIN
    assert today.longest_bout_s == 56 * MIN
    assert today.standing_s == 20 * MIN
    assert today.breaks == 2
    assert (today.prompts, today.started, today.snoozed, today.skipped, today.ignored) == (3, 0, 1, 1, 1)
    assert today.dose_standing_s == 20 * MIN


def test_movement_done_is_the_dose() -> None:
    day = Playbook(Rules())
    day.works("0:00", "0:45")
    day.answers("start")
    day.finishes("0:48")
    today = day.view.today
    assert today.started == 1
    assert today.hip_flexor == Dose(left_s=30, right_s=30, standing_s=120)
    assert today.glutes == Dose()
    assert today.dose_standing_s == 120


def test_a_new_day_counts_from_its_beginning() -> None:
    day = Playbook()
    day.works("0:00", "0:45")
    day.answers("skip")
    day.says("standing", "0:46")
    day.until("0:56")
    day.tells(ev.Day("2026-03-03", "2026-W10", 86400, None))
    assert day.view.today == Today()
    day.until("1:01")
    assert day.view.today.standing_s == 5 * MIN
    day.says("seated", "1:06")
    day.works("1:06:20", "1:16")
    today = day.view.today
    assert (today.sitting_s, today.standing_s, today.breaks) == (10 * MIN, 10 * MIN, 0)
    assert (today.prompts, today.skipped) == (0, 0)


def test_a_bout_across_the_roll_over_is_cut_there() -> None:
    day = Playbook()
    day.works("0:00", "0:30")
    day.tells(ev.Day("2026-03-03", "2026-W10", 86400, None), "0:30")
    day.works("0:30:20", "0:40")
    assert day.view.today.sitting_s == 10 * MIN
    assert day.view.today.longest_bout_s == 10 * MIN
    assert day.view.estimate.sitting_s == 40 * MIN


def test_changed_settings_leave_the_tally() -> None:
    day = Playbook()
    day.tells(ev.Day("2026-03-03", "2026-W10", 86400, None))
    day.works("0:00", "0:45")
    day.uses(Rules())
    day.answers("skip")
    assert (day.view.today.prompts, day.view.today.skipped) == (1, 1)
    assert day.engine.snapshot().ledger.prompts == 1


def test_doses_of_one_kind_add_up_by_themselves() -> None:
    ledger = Ledger(LedgerState())
    ledger.moved(Kind.GLUTES, Dose(sets=1, reps=10))
    ledger.moved(Kind.GLUTES, Dose(sets=1, reps=8))
    ledger.moved(Kind.STAND_UP, Dose(standing_s=180))
    ledger.ended(Outcome.WITHDRAWN)
    today = ledger.today(Timeline(), stood_s=60, now=100)
    assert today == Today(glutes=Dose(sets=2, reps=18), standing_s=60, dose_standing_s=240)


def test_a_day_of_more_than_24_hours_keeps_what_the_timeline_forgets() -> None:
    day = Playbook()
    day.calendar(ends="26:00")
    day.works("0:00", "0:40")
    day.says("standing", "0:40")
    day.says("seated", "0:50")
    day.works("0:50", "1:00")
    day.works("24:30", "24:45")
    before = day.view.today
    day.works("24:45", "25:30")
    today = day.view.today
    assert before.breaks == today.breaks == 2
    assert (today.standing_s, today.dose_standing_s) == (600, 600)
    assert today.sitting_s == before.sitting_s + 45 * MIN
    assert today.longest_bout_s == 60 * MIN
    day.tells(ev.Day("2026-03-03", "2026-W10", 86400, None))
    assert day.view.today == Today()


def test_two_days_together() -> None:
    monday = Today(sitting_s=100, longest_bout_s=60, breaks=1, prompts=2, glutes=Dose(sets=1, reps=10))
    tuesday = Today(
        sitting_s=50, longest_bout_s=50, breaks=2, glutes=Dose(sets=1, reps=8), hip_flexor=Dose(30)
    )
    assert together(monday, tuesday) == Today(
        sitting_s=150,
        longest_bout_s=60,
        breaks=3,
        prompts=2,
        glutes=Dose(sets=2, reps=18),
        hip_flexor=Dose(left_s=30),
    )


def test_the_night_is_no_break_of_the_morning_after() -> None:
    day = Playbook()
    day.works("17:00", "18:00")
    day.tells(ev.Day("2026-03-03", "2026-W10", 86400, None), "28:00")
    day.works("33:00", "33:30")
    assert day.view.today.breaks == 0
    day.works("33:40", "33:50")
    assert day.view.today.breaks == 1
