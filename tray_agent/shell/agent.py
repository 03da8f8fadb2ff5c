"""The living agent: events to the engine, its commands to the world, its state to disk.

Everything happens on one loop.  `tell` is the only way to the engine; it looks at the clocks first,
so that sleep and clock steps are known before anything that came with them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from msgspec import Struct

from tray_agent.core import commands as do
from tray_agent.core import events as ev
from tray_agent.core.engine import Engine, State, View
from tray_agent.core.model import Kind, Limits, Posture, Prompt, Reason, Signal
from tray_agent.ports import Health, Note, Notifier, Tray, Windows
from tray_agent.shell import intensities, presenter, prompting
from tray_agent.shell.activity import Activity
from tray_agent.shell.catalogue import Catalogue
from tray_agent.shell.clock import Clock, ClockWatch, Moved
from tray_agent.shell.contexts import Contexts
from tray_agent.shell.day_story import DayStory
from tray_agent.shell.guide import Guide
from tray_agent.shell.hours import calendar, work_ranges
from tray_agent.shell.prompting import Prompting
from tray_agent.shell.recorder import Recorder
from tray_agent.shell.scheduler import Alarms
from tray_agent.shell.schema import Settings
from tray_agent.shell.state_file import Gap, StateFile
from tray_agent.shell.store import SqliteStore
from tray_agent.shell.words import _

SNAPSHOT_S, LEAST_SNAPSHOT_S = 60.0, 1.0
"""Agent seconds between two snapshots, and real ones however fast the agent runs."""

_AT_THE_DESK = (Posture.SEATED, Posture.STANDING)
_OFTEN = (ev.Input, ev.Tick, ev.LookedAround)
_PASSING = (do.WatchInput, do.LookAround)
_NEEDS_THE_SCREEN = (Signal.CALL, Signal.SHARING)
_DISTURBED = {Reason.CALL, Reason.SHARING, Reason.FULLSCREEN, Reason.DND}
_ABOUT_HEALTH = (ev.Hurts, ev.LimitsSaid)
_REMEMBERED = 50
"""Kinds of the last events, kept for a crash file."""


class Outlets(Struct):
    """The outside world as the agent uses it."""

    tray: Tray
    notifier: Notifier
    windows: Windows
    guide: Guide
    prompting: Prompting
    activity: Activity
    contexts: Contexts


class Agent:
    """Holds the engine and keeps the world in step with it; `connect` gives it the world.

    `moved(kind)` is called after a break with movement, `limits_changed()` when something hurt.
    """

    outlets: Outlets

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        *,
        alarms: Alarms,
        store: SqliteStore,
        state_file: StateFile[State],
        settings: Settings,
        catalogue: Catalogue,
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.alarms = alarms
        self.store = store
        self.settings = settings
        self._recorder = Recorder(store, clock.wall_at)
        self.state_file = state_file
        self.catalogue = catalogue
        self._watch = ClockWatch(clock.clocks)
        self._early: list[ev.Event] | None = []
        self._left_open: Prompt | None = None
        self._minutes = False
        self._shown: Callable[[], object] = lambda: None
        self.moved: Callable[[Kind], object] = lambda _kind: None
        self.limits_changed: Callable[[], object] = lambda: None
        self.story = DayStory()
        self.recent: deque[str] = deque(maxlen=_REMEMBERED)

    def connect(self, outlets: Outlets) -> None:
        """Take these adapters; what they tell before `start` waits for it."""
        self.outlets = outlets

    def follow(self, shown: Callable[[], object]) -> None:
        """Call `shown` each time there may be something new to see."""
        self._shown = shown

    def start(self, gap: Gap | None) -> None:
        """Begin to live, `gap` after the last snapshot (None: there is none)."""
        # What the sensors tell on finding their feet must come after the gap that preceded it.
        self.outlets.activity.start()
        early, self._early = self._early or [], None
        if gap is not None:
            self.tell(ev.Resumed(gap.seconds * self.clock.speed, gap.slept, self.outlets.activity.idle_s()))
        self.tell(ev.LimitsSaid(self.store.limits()))
        self.tell_day()
        for event in early:
            self.tell(event)
        if (routine := self.view().routine) is not None:  # a killed agent's window is gone
            self.tell(ev.RoutineEnded(routine.id, ()))
        self._left_open = self.view().prompt
        # Also now: a machine that is off every night never sees half past four.
        self._clean_up()
        self.alarms.daily("clean-up", 4, 30, self._clean_up)

    def tell(self, event: ev.Event) -> None:
        """Take an event from anywhere."""
        if self._early is not None:
            self._early.append(event)
            return
        self.look_at_clocks()
        self._handle(event, self.clock.now())

    def tell_day(self) -> None:
        """Tell the engine what day it is and when work hours are."""
        day = calendar(self.clock.wall(), None, work_ranges(self.settings))
        self._handle(day, self.clock.now())
        self.alarms.set("day", self.clock.real_s(day.ends_in_s), self.tell_day)

    def zone_changed(self) -> None:
        """The person has travelled: the day and the daily alarms are those of here."""
        self.alarms.rearm()
        self.tell_day()

    def look_at_clocks(self) -> None:
        """Notice sleep and a clock that was set; both move every alarm."""
        moved = self._watch.look()
        if moved is None or self._early is not None:
            return
        self.alarms.rearm()
        self._clocks_moved(moved)

    def stalled(self, seconds: float) -> None:
        """The process was stopped for so many real seconds: nobody observed."""
        self.look_at_clocks()
        idle = self.outlets.activity.idle_s()
        self._handle(ev.Resumed(seconds * self.clock.speed, slept=False, idle=idle), self.clock.now())

    def view(self) -> View:
        """Everything there is to show now."""
        return self.engine.view(self.clock.now())

    def answered(self, prompt: int, key: str) -> None:
        """A note's button was pressed."""
        if event := prompting.answer(prompt, key):
            self.tell(event)

    def limits_said(self, limits: Limits) -> None:
        """Keep what the person told about their body, and go by it from now on."""
        self.store.set_limits(limits, self.clock.wall())
        self.tell(ev.LimitsSaid(limits))

    def may_inform(self) -> bool:
        """Whether a note that asks for nothing may be shown now."""
        view = self.view()
        return view.prompt is None and not _DISTURBED.intersection(view.quiet)

    def inform(self, title: str, body: str) -> None:
        """Show a note that asks for nothing, unless it would cover a prompt or disturb."""
        if self.may_inform():
            self.outlets.notifier.show(Note(0, title, body, ()))

    def save(self) -> None:
        """Write the snapshot, and what the history could not take before."""
        self.state_file.keep(self.engine.snapshot(), self.clock.now(), self.clock.clocks())
        self.store.retry()

    def health(self) -> list[Health]:
        """Whether what the agent must remember reaches the disk."""
        return [self.state_file.health(), self.store.health()]

    def settings_changed(self, settings: Settings) -> None:
        """Go on by these settings from now on."""
        self.settings = settings
        self.engine.use(intensities.load(settings))
        self.tell_day()

    def close(self) -> None:
        """Save and let go of everything."""
        out = self.outlets
        self.save()
        out.guide.stop()
        for part in (out.activity, out.contexts, out.notifier, out.tray, self.alarms, self.store):
            part.close()

    def _handle(self, event: ev.Event, now: float) -> None:
        if not isinstance(event, _ABOUT_HEALTH):
            self.recent.append(type(event).__name__)
        self.story.hear(event, now)
        commands = self.engine.handle(event, now)
        for command in commands:
            self._obey(command)
        if isinstance(event, ev.Context) and event.on and event.signal in _NEEDS_THE_SCREEN:
            self.outlets.guide.release()
        if isinstance(event, ev.LookedAround):
            self._show_again()
        self._arm()
        self._present()
        if not isinstance(event, _OFTEN) or any(not isinstance(c, _PASSING) for c in commands):
            self.save()

    def _arm(self) -> None:
        deadline = self.engine.deadline()
        if deadline is None:
            self.alarms.clear("deadline")
        else:
            wait_s = self.clock.real_s(deadline - self.clock.now())
            self.alarms.set("deadline", wait_s, lambda: self._deadline(deadline))

    def _deadline(self, deadline: float) -> None:
        self.look_at_clocks()
        # The engine must never be woken before its own deadline, or it would ask for it again.
        self._handle(ev.Tick(), self.clock.at_least(deadline))

    def _clocks_moved(self, moved: Moved) -> None:
        if moved.slept_s:
            idle = self.outlets.activity.idle_s()
            gap = moved.slept_s * self.clock.speed
            self._handle(ev.Resumed(gap, slept=True, idle=idle), self.clock.now())
        self.tell_day()

    def _obey(self, command: do.Command) -> None:
        out = self.outlets
        match command:
            case do.ShowPrompt(prompt):
                self._show_prompt(prompt)
            case do.WithdrawPrompt(outcome=outcome):
                out.prompting.withdraw(outcome)
            case do.Guide(routine):
                out.guide.play(routine)
            case do.Swap(routine, at):
                out.guide.swap(routine, at)
            case do.StopGuide():
                out.guide.stop()
            case do.WatchInput(fine_s):
                out.activity.watch(fine_s)
            case do.LookAround():
                out.contexts.look()
            case do.AskWereYouUp(question, start, end):
                out.prompting.ask(question, end - start)
            case do.SuggestFewer():
                body = _("You skipped three. The next ones will come less often today.")
                self.inform(_("Fewer prompts today"), body)
            case do.LimitsChanged():
                self._recorder.record(command)
                self.limits_changed()
            case do.DoseDone(kind):
                self._recorder.record(command)
                self.moved(kind)
            case _:
                self._recorder.record(command)

    def _show_prompt(self, prompt: Prompt) -> None:
        self.outlets.prompting.show(
            prompt, self.view(), self.engine.preview(prompt.kind), self.engine.rules.snooze_s
        )

    def _present(self) -> None:
        view = self.view()
        self.outlets.tray.show(presenter.face(view))
        self._shown()
        at_desk = view.estimate.posture in _AT_THE_DESK
        if at_desk != self._minutes:
            self._minutes = at_desk
            if at_desk:
                every_s = max(LEAST_SNAPSHOT_S, self.clock.real_s(SNAPSHOT_S))
                self.alarms.every("minute", every_s, self._minute)
            else:
                self.alarms.clear("minute")

    def _minute(self) -> None:
        self.look_at_clocks()
        self._present()
        self.save()

    def _show_again(self) -> None:
        """The prompt that a killed agent left, once somebody has looked whether it may be seen."""
        prompt, self._left_open = self._left_open, None
        if prompt is not None and prompt == self.view().prompt:
            self._show_prompt(prompt)

    def _clean_up(self) -> None:
        self.store.trim(self.settings.history.retention_days, self.clock.wall())
