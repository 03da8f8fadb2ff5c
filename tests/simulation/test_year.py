"""A year of one office worker, on the calendar of Berlin and elsewhere.

2026 with its holidays and weekends, two weeks of travel, a fortnight of night shifts and a single
one across each change of the clock, days in bed with the machine off, and days full of calls.  The
person is scripted from the date alone: no chance is involved, and every run is the same year.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from tests.support.timeline import EXERCISES
from tray_agent.core import commands as do
from tray_agent.core import events as ev
from tray_agent.core.engine import Engine
from tray_agent.core.ledger import Today
from tray_agent.core.model import Cause, Do, Dose, Kind, Outcome, Prompt, Signal
from tray_agent.core.rules import Rules
from tray_agent.shell.hours import calendar
from tray_agent.shell.hours_ranges import Range, parse_range

YEAR = 2026
BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
HOURS = (parse_range("mon-fri 08:00-18:00"),)
NIGHT_HOURS = (parse_range("mon-sat 22:00-06:30"),)
START = datetime(YEAR, 1, 1, 5, 0, tzinfo=BERLIN).timestamp()
ONE_DAY = timedelta(days=1)

HOLIDAYS = {
    date(YEAR, *day)
    for day in ((1, 1), (4, 3), (4, 6), (5, 1), (5, 14), (5, 25), (12, 24), (12, 25), (12, 31))
}
SICK = {date(YEAR, 2, 9) + step * ONE_DAY for step in range(3)} | {date(YEAR, 11, 18)}
TRAVEL = (date(YEAR, 6, 7), date(YEAR, 6, 20))
NIGHTS = (date(YEAR, 9, 13), date(YEAR, 9, 27))
CLOCKS_CHANGE = (date(YEAR, 3, 29), date(YEAR, 10, 25))
NEVER = float("inf")


@dataclass
class Shift:
    """One day's work: from `start` for `hours`, both on the person's wall clock."""

    day: date
    zone: ZoneInfo
    start: float
    hours: float

    @property
    def spans(self) -> Iterator[tuple[float, float]]:
        """Spells of about an hour or two at the desk, with what people do in between."""
        at, spell = self.start, 0
        while at < self.start + self.hours * 3600:
            length = 60 * (35, 95, 50, 70, 110, 25)[(spell + self.day.toordinal()) % 6]
            yield at, min(at + length, self.start + self.hours * 3600)
            away = 60 * (4, 8, 45, 5, 12, 6)[(spell + self.day.toordinal()) % 6]
            at, spell = at + length + away, spell + 1


def zone_of(day: date) -> ZoneInfo:
    return NEW_YORK if TRAVEL[0] <= day <= TRAVEL[1] else BERLIN


def at_night(day: date) -> bool:
    fortnight = NIGHTS[0] <= day <= NIGHTS[1] and day.weekday() < 5
    return fortnight or day + ONE_DAY in CLOCKS_CHANGE


def shift(day: date) -> Shift | None:
    """What the person works on that day."""
    zone = zone_of(day)
    if at_night(day):
        return Shift(day, zone, instant(day, 22 * 60 + 5, zone), 8.2)
    if day.weekday() >= 5 or day in HOLIDAYS or day in SICK:
        return None
    return Shift(day, zone, instant(day, 8 * 60 + 10 + day.toordinal() % 30, zone), 9.3)


def instant(day: date, minute: int, zone: ZoneInfo) -> float:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return midnight.replace(hour=minute // 60, minute=minute % 60).timestamp()


@dataclass
class Tally:
    """What one day of the agent amounts to."""

    today: Today
    began: float


@dataclass
class Year:
    """The engine, its calendar and the person's reactions; `now` is seconds since the epoch minus START."""

    rules: Rules = field(default_factory=Rules)
    now: float = 0.0
    zone: ZoneInfo = BERLIN
    ranges: tuple[Range, ...] = HOURS
    days: dict[str, Tally] = field(default_factory=dict)
    prompts: list[tuple[float, Prompt, ZoneInfo, tuple[Range, ...]]] = field(default_factory=list)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    causes: Counter[Cause] = field(default_factory=Counter)
    doses: dict[str, list[tuple[float, Kind, Dose]]] = field(default_factory=lambda: defaultdict(list))
    rolled: list[str] = field(default_factory=list)
    ticks: int = 0

    def __post_init__(self) -> None:
        self.engine = Engine(self.rules, EXERCISES)
        self._day_ends = 0.0
        self._began = 0.0
        self._asked: Prompt | None = None
        self._slept_at: float | None = None
        self.tells_day()
        self.tell(ev.SensorFound())

    # The shell.

    def tells_day(self) -> None:
        day = calendar(START + self.now, self.zone, self.ranges)
        self._day_ends = self.now + day.ends_in_s
        before, figures = self.engine.date, self.engine.view(self.now).today
        self.tell(day)
        if self.engine.date != before:
            self.rolled.append(self.engine.date)
            if before:
                self.days[before] = Tally(figures, self._began)
            self._began = self.now

    def tell(self, event: ev.Event) -> None:
        for command in self.engine.handle(event, self.now):
            match command:
                case do.ShowPrompt(prompt):
                    self.prompts.append((self.now, prompt, self.zone, self.ranges))
                    self._asked = prompt
                case do.PromptEnded(_, outcome):
                    self.outcomes[outcome] += 1
                    self._asked = None
                case do.BreakTaken(taken):
                    self.causes[taken.cause] += 1
                case do.DoseDone(kind, dose):
                    self.doses[self.engine.date].append((self.now, kind, dose))
                case _:
                    pass

    def until(self, end: float) -> None:
        """Everything due up to `end`: the calendar first, then the engine's deadlines."""
        while (due := min(self._day_ends, self._deadline())) <= end:
            self.now = max(self.now, due)
            if due == self._day_ends:
                self.tells_day()
            else:
                self.ticks += 1
                self.tell(ev.Tick())
        self.now = max(self.now, end)

    def _deadline(self) -> float:
        deadline = self.engine.deadline()
        return NEVER if deadline is None else deadline

    # The person.

    def live(self, day: date) -> None:
        """One day from waking up to the end of work."""
        self.pack(day)
        work = shift(day)
        if work is None:
            return
        self.wake(work.start - START)
        calls = day.toordinal() % 4 == 0
        for number, (start, end) in enumerate(work.spans):
            self.sit(start - START, end - START, number, calls=calls)
        self.tell(ev.Locked())
        self.until(self.now + 60)
        self.tell(ev.Suspended())
        self._slept_at = self.now

    def wake(self, at: float) -> None:
        """The machine was off or asleep; nothing of the agent ran meanwhile."""
        if self._slept_at is not None:
            self.now = at
            self.tell(ev.Resumed(at - self._slept_at, slept=True))
            self.tells_day()
        else:
            self.until(at)
        self.tell(ev.Unlocked())

    def pack(self, day: date) -> None:
        """Travel and shifts change the zone and the hours, and the agent is told when it next runs."""
        self.zone = zone_of(day)
        self.ranges = NIGHT_HOURS if at_night(day) else HOURS

    def sit(self, start: float, end: float, number: int, *, calls: bool) -> None:
        """One spell at the desk: bursts of input with pauses of reading, up to some reason to get up."""
        self.until(max(start, self.now))
        in_call = calls and number % 2 == 0
        if in_call:
            self.tell(ev.Context(Signal.CALL, on=True))
        burst = 0
        while self.now < end:
            burst += 1
            self.tell(ev.Input(ongoing=True))
            self.until(min(end, self.now + 40 + 13 * (burst % 11)))
            self.tell(ev.Input())
            pause = 6 + 9 * (burst % 9)
            self.until(self.now + pause)
            if self._asked is not None and self.react(self._asked):
                break
        if in_call:
            self.tell(ev.Context(Signal.CALL, on=False))
        if number % 3 == 1:
            self.tell(ev.Input())
            self.tell(ev.Locked())
            self.until(self.now + 200)
            self.tell(ev.Unlocked())

    def react(self, prompt: Prompt) -> bool:
        """The same in the same order each time; true when the person gets up."""
        do_what = (Do.START, Do.SNOOZE, Do.START, None, Do.START, Do.SKIP, Do.START, Do.DISMISS)[
            prompt.id % 8
        ]
        if do_what is None:
            return False
        self.tell(ev.Answer(do_what, prompt.id))
        if do_what is not Do.START:
            return False
        routine = self.engine.view(self.now).routine
        assert routine is not None
        self.until(self.now + routine.seconds)
        self.tell(ev.RoutineEnded(routine.id, tuple(range(len(routine.steps)))))
        return True


@pytest.fixture(scope="module")
def year() -> Year:
    lived = Year()
    day = date(YEAR, 1, 1)
    while day.year == YEAR:
        lived.live(day)
        day += ONE_DAY
    lived.wake(instant(day, 12 * 60, BERLIN) - START)
    return lived


def workdays() -> list[date]:
    days = (date(YEAR, 1, 1) + step * ONE_DAY for step in range(365))
    return [day for day in days if shift(day) is not None]


def test_the_year_has_all_that_it_should_have(year: Year) -> None:
    assert len(workdays()) > 240
    assert sum(year.outcomes.values()) == len(year.prompts)
    for outcome in Outcome:
        assert year.outcomes[outcome] > 10, year.outcomes
    assert year.causes[Cause.IDLE] > 500
    assert year.causes[Cause.LOCK] > 200
    assert year.causes[Cause.SLEEP] + year.causes[Cause.LOCK] > 240


def test_each_day_rolls_over_once(year: Year) -> None:
    assert year.rolled == sorted(set(year.rolled))
    assert {day.isoformat() for day in workdays()} <= set(year.rolled)


def test_each_workday_has_some_prompts_and_not_too_many(year: Year) -> None:
    counts = {day: year.days[day.isoformat()].today.prompts for day in workdays()}
    assert all(0 < count <= year.rules.prompts_a_day for count in counts.values()), counts
    assert 3 < sum(counts.values()) / len(counts) < 9


def test_each_workday_has_its_breaks_and_its_hours_of_sitting(year: Year) -> None:
    for day in workdays():
        today = year.days[day.isoformat()].today
        assert 4 <= today.breaks <= 20, (day, today)
        assert 4.5 * 3600 < today.sitting_s < 9.5 * 3600, (day, today)
        assert 1800 < today.longest_bout_s < 2.5 * 3600, (day, today)


def test_days_off_are_silent(year: Year) -> None:
    worked = {day.isoformat() for day in workdays()}
    worked |= {day.isoformat() for day in CLOCKS_CHANGE}  # a shift ends late on one of them
    for name, tally in year.days.items():
        if name not in worked:
            assert tally.today.prompts == 0, name
            assert tally.today.sitting_s < 60, name


def test_no_prompt_comes_outside_hours(year: Year) -> None:
    assert len(year.prompts) > 1000
    for at, _, zone, ranges in year.prompts:
        local = datetime.fromtimestamp(START + at, UTC).astimezone(zone)
        minute = local.hour * 60 + local.minute
        if ranges == HOURS:
            assert local.weekday() < 5, local
            assert 8 * 60 <= minute < 18 * 60 - 10, local
        else:
            assert minute >= 22 * 60 or minute < 6 * 60 + 20, local


def test_hours_are_the_wall_clock_s_on_both_sides_of_a_change_and_abroad(year: Year) -> None:
    utc_hours = defaultdict(set)
    for at, _, zone, ranges in year.prompts:
        moment = datetime.fromtimestamp(START + at, UTC)
        if ranges == HOURS:
            utc_hours[zone.key, moment.astimezone(zone).utcoffset()].add(moment.hour)
    assert max(utc_hours["Europe/Berlin", timedelta(hours=1)]) == 16
    assert max(utc_hours["Europe/Berlin", timedelta(hours=2)]) == 15
    assert min(utc_hours["America/New_York", timedelta(hours=-4)]) >= 12


def test_a_night_shift_is_one_day(year: Year) -> None:
    nights = [day for day in workdays() if at_night(day)]
    assert len(nights) == 12
    for day in nights:
        tally = year.days[day.isoformat()]
        assert tally.today.sitting_s > 4.5 * 3600
        assert datetime.fromtimestamp(START + tally.began, BERLIN).date() == day
    shown = [
        datetime.fromtimestamp(START + at, BERLIN)
        for at, _, _, ranges in year.prompts
        if ranges == NIGHT_HOURS
    ]
    assert any(local.hour < 4 for local in shown)
    assert any(4 <= local.hour < 7 for local in shown)


def test_a_shift_across_the_change_of_the_clock_ends_by_the_wall_clock(year: Year) -> None:
    spring = datetime.fromtimestamp(START + year.days["2026-03-29"].began, BERLIN)
    assert (spring.hour, spring.minute) == (6, 30)
    for change in CLOCKS_CHANGE:
        night = year.days[(change - ONE_DAY).isoformat()].today
        assert 0 < night.prompts <= year.rules.prompts_a_day


def test_prompts_keep_their_distance(year: Year) -> None:
    """Two prompts in one bout lie a snooze apart, unless the first was withdrawn or a gap came."""
    apart = [later[0] - earlier[0] for earlier, later in pairwise(year.prompts)]
    assert min(apart) > 60
    assert sorted(apart)[len(apart) // 2] > 30 * 60


def test_movement_stays_within_the_programme(year: Year) -> None:
    stretches: Counter[str] = Counter()
    sets: Counter[str] = Counter()
    for name, done in year.doses.items():
        stretches[name] = sum(kind is Kind.HIP_FLEXOR for _, kind, _ in done)
        sets[name] = sum(dose.sets for _, kind, dose in done if kind is Kind.GLUTES)
    assert max(stretches.values()) <= year.rules.hip_flexor_sessions
    assert max(sets.values()) <= year.rules.glute_sets
    assert sum(stretches.values()) > 300
    assert sum(sets.values()) > 150
    weeks: Counter[tuple[int, int]] = Counter()
    for name, count in sets.items():
        weeks[date.fromisoformat(name).isocalendar()[:2]] += count > 0
    assert 3 <= max(weeks.values()) <= year.rules.glute_days


@pytest.mark.parametrize(
    ("kind", "spacing"), [(Kind.HIP_FLEXOR, "hip_flexor_spacing_s"), (Kind.GLUTES, "glute_spacing_s")]
)
def test_movements_keep_their_spacing(year: Year, kind: Kind, spacing: str) -> None:
    times = sorted(at for done in year.doses.values() for at, what, _ in done if what is kind)
    # Chosen when the break is offered, credited when it is done.
    assert min(later - earlier for earlier, later in pairwise(times)) >= getattr(year.rules, spacing) - 60


def test_both_sides_get_the_same(year: Year) -> None:
    total = sum((dose for done in year.doses.values() for _, _, dose in done), Dose())
    assert total.left_s == total.right_s > 3 * 3600


def test_the_agent_is_not_woken_all_the_time(year: Year) -> None:
    assert year.ticks / len(workdays()) < 400
