"""Everything a running agent consists of, put together: settings, adapters, engine and what serves them.

One file because this is where all parts meet, and the only one that knows them all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from tray_agent import __version__
from tray_agent.arrival import Arrival
from tray_agent.core import events as ev
from tray_agent.core.engine import Engine, State
from tray_agent.core.model import Do, Signal
from tray_agent.ports import Notifier, Renewal, Tray, Unavailable
from tray_agent.shell import (
    catalogue,
    contexts,
    intensities,
    logs,
    resources,
    setting_values,
    words,
)
from tray_agent.shell.activity import Activity, Source
from tray_agent.shell.agent import Agent, Outlets
from tray_agent.shell.announcements import Announcements
from tray_agent.shell.child_windows import ChildWindows
from tray_agent.shell.clock import Clock, nine_o_clock
from tray_agent.shell.contexts import Contexts
from tray_agent.shell.controls import Controls
from tray_agent.shell.crash_report import CrashFile
from tray_agent.shell.guide import Guide, Manner
from tray_agent.shell.managed import Managed
from tray_agent.shell.messages import ACTIVATION, Exit
from tray_agent.shell.prompting import Prompting
from tray_agent.shell.scheduler import Alarms
from tray_agent.shell.session import Session
from tray_agent.shell.settings import Fault, SettingsFile
from tray_agent.shell.state_file import LONGEST_GAP_S, Gap, StateFile, gap
from tray_agent.shell.store import SqliteStore
from tray_agent.shell.verbs import Verbs

NOTE_ICON = "png/tray-agent-64.png"
WINDOW_ICONS = tuple(f"png/tray-agent-{size}.png" for size in (16, 24, 32, 48, 64, 128))
NOTE_MEMORY = "note"
WELCOME_AGAIN_S = 10.0
CHECK_SAFETY = "safety"
"""The button of the note that offers the safety check."""
_SHOWN_TO_OTHERS = {Signal.CALL, Signal.SHARING}
LAUNCHER_ICON = "tray-agent.svg"


class Running:
    """Everything a running agent consists of, put together."""

    def __init__(self, arrival: Arrival, crash: CrashFile) -> None:
        self._arrival = arrival
        self._system = system = arrival.system
        self._loop = loop = arrival.loop
        self._options = arrival.options
        self._places = places = arrival.places
        self._policies = system.policies(setting_values.TYPES.keys())
        self._settings = SettingsFile(places.settings, Managed(self._policies.read))
        settings, faults, _changed = self._settings.reload()
        logs.start(places.state, settings.log.level)
        words.speak(settings.language)
        crash.watch_faults()
        self._desktop = arrival.desktop
        self._agent, self._gap = self._make_agent()
        crash.events = self._agent.recent
        self._announcements = Announcements(
            loop, self._agent, places.state, self._make_launcher, system.advice
        )
        self._windows = ChildWindows(
            loop,
            appearance=self._appearance,
            take_token=self._desktop.take_activation_token,
            shared=self._shared,
        )
        self._controls = Controls(
            self._agent,
            self._settings,
            places,
            system.autostart(),
            self._windows,
            apply=self._apply_settings,
            open_file=self._desktop.open_file,
            hint=self._announcements.hint,
            whereabouts=self._announcements.whereabouts,
            quit_agent=self.quit,
        )
        self._renewal: Renewal | None = None
        self._unwatch_policies: Callable[[], object] = lambda: None
        self._session = self._desktop.session(Session(self._agent).told)
        self._connect()
        self._verbs = Verbs(
            self._agent,
            __version__,
            doctor=self._doctor,
            come_forward=self._controls.come_forward,
            settings=self._controls.open_settings,
            today=self._controls.open_today,
            safety=self._controls.answer_safety,
            quit_agent=self._controls.quit,
        )
        arrival.server.begin(self._handle)
        self._warn(faults)
        self._controls.obey()

    def live(self) -> int:
        """Run until `quit`, a signal or a bug; the state is saved in every case."""
        try:
            self._agent.start(self._gap)
            self._contexts.start(self._sensing, self._agent.engine.snapshot().quiet.signals)
            self._announcements.begin()
            self._loop.call_later(contexts.LOOK_S, self._welcome)
            self._loop.run()
        finally:
            self._announcements.close()
            self._unwatch_policies()
            self._controls.close()
            self._agent.close()
            self._session.close()
            self._desktop.close()
            self._arrival.server.close()
        return Exit.DONE

    def succeed(self) -> None:
        """Where the program was replaced meanwhile, be the new one as soon as it is whole."""
        if self._renewal is not None and self._renewal.begun:
            logs.info("the program is being replaced")
            self._loop.run()
            self._renewal.become()

    def quit(self) -> None:
        """Leave the loop at its next turn."""
        self._loop.stop()

    def _welcome(self) -> None:
        """Whoever is new, once that disturbs nobody."""
        if self._agent.may_inform():
            self._controls.begin()
        else:
            self._loop.call_later(WELCOME_AGAIN_S, self._welcome)

    def _make_agent(self) -> tuple[Agent, Gap | None]:
        settings = self._settings.settings
        read = self._desktop.clocks()
        state_file: StateFile[State] = StateFile(self._places.snapshot, State)
        saved, trouble = state_file.load()
        if trouble is not None:
            logs.warning(trouble)
        missed, state, start = None, None, 0.0
        if saved is not None:
            # After more than a day the axis goes on a day later: sides and doses are still remembered.
            missed = gap(saved, read()) or Gap(LONGEST_GAP_S, slept=True)
            state = saved.state
            start = saved.now + missed.seconds * self._options.speed
        speed = self._options.speed
        clock = Clock(read, speed, start, None if speed == 1.0 else nine_o_clock())
        known = catalogue.load()
        agent = Agent(
            Engine(intensities.load(settings), known.exercises, state, looks=True),
            clock,
            alarms=Alarms(self._loop, lambda: read().boottime),
            store=SqliteStore(self._places.history),
            state_file=state_file,
            settings=settings,
            catalogue=known,
        )
        return agent, missed

    def _connect(self) -> None:
        agent, desktop, speed = self._agent, self._desktop, self._options.speed
        notifier = desktop.notifier(
            self._answered,
            resources.icon(NOTE_ICON),
            memory=self._places.runtime / NOTE_MEMORY,
            banner=self._banner,
        )
        guide = Guide(
            self._loop,
            agent.catalogue,
            self._windows,
            notifier,
            speed=speed,
            tell=agent.tell,
            manner=self._manner,
            help_wanted=self._controls.show_help,
        )
        prompting = Prompting(
            self._loop,
            agent.catalogue,
            notifier,
            guide,
            speed=speed,
            read_aloud=desktop.screen_reader(),
        )
        self._contexts = Contexts(
            self._loop, desktop.context_sensor, contexts.NAMES, agent.tell, now=time.monotonic
        )
        tray = self._take_icon()
        agent.connect(
            Outlets(tray, notifier, self._windows, guide, prompting, self._activity(), self._contexts)
        )
        agent.follow(self._changed)
        agent.moved = self._announcements.moved
        agent.limits_changed = self._controls.limits_changed
        self._watch()
        self._loop.watch_stalls(agent.stalled)

    def _answered(self, prompt: int, key: str) -> None:
        """A note's button; those of notes that ask for no movement open a window."""
        if prompt == 0 and key == CHECK_SAFETY:
            self._controls.check_safety()
        else:
            self._agent.answered(prompt, key)

    def _manner(self) -> Manner:
        breaks = self._settings.settings.breaks
        return Manner(intensities.time_limit(self._settings.settings), breaks.sound, breaks.speech)

    @property
    def _sensing(self) -> frozenset[str]:
        return contexts.chosen(self._settings.settings.sensing)

    def _appearance(self) -> dict[str, Any]:
        wished = self._settings.settings.appearance
        return {
            "scheme": wished.scheme,
            "scale": wished.scale,
            "still": wished.motion == "still",
            "icons": [f"{resources.icon(name)}" for name in WINDOW_ICONS],
        }

    def _shared(self) -> bool:
        """Whether others may be shown the screen now, as far as is known."""
        return not _SHOWN_TO_OTHERS.isdisjoint(self._agent.engine.snapshot().quiet.signals)

    def _changed(self) -> None:
        self._controls.refresh()
        self._windows.keep_unseen()

    def _banner(self) -> Notifier:
        from tray_agent.shell.banner import BannerNotifier

        return BannerNotifier(self._windows, self._answered)

    def _display_gone(self) -> None:
        logs.info("the display is gone, and the session with it")
        self.quit()

    def _watch(self) -> None:
        """What can be noticed; where the system has no watch left, the agent lives without."""
        desktop, agent, folder = self._desktop, self._agent, self._places.settings.parent
        beginnings: tuple[Callable[[], object], ...] = (
            lambda: desktop.watch_clock(agent.look_at_clocks),
            lambda: desktop.watch_display(self._display_gone),
            lambda: desktop.watch_zone(agent.zone_changed),
            lambda: desktop.watch_folder(folder, self._file_changed),
            self._watch_policies,
            self._watch_program,
        )
        for begin in beginnings:
            try:
                begin()
            except Unavailable as error:
                logs.warning(str(error))

    def _watch_policies(self) -> None:
        self._unwatch_policies = self._policies.watch(self._loop, self._file_changed)

    def _watch_program(self) -> None:
        self._renewal = self._system.renewal(self._loop, self.quit)

    def _take_icon(self) -> Tray:
        arrival, controls = self._arrival, self._controls
        arrival.entries, arrival.popup, arrival.clicked = controls.entries, controls.pop_up, self._clicked
        arrival.changed = self._announcements.tray_changed
        return arrival.tray

    def _make_launcher(self) -> None:
        self._desktop.make_launcher(resources.icon(LAUNCHER_ICON))

    def _activity(self) -> Activity:
        return Activity(
            self._loop,
            Source(self._settings.settings.activity.source),
            self._desktop.idle_counter,
            partial(self._desktop.listener, keys=self._settings.settings.activity.hear_keys),
            self._observed,
            now=self._agent.clock.now,
            speed=self._options.speed,
        )

    def _observed(self, event: ev.Event) -> None:
        """What is noticed of activity; it also ends a lock that was only asked for."""
        if isinstance(event, ev.Input):
            self._session.input_seen(self._agent.clock.real_s(event.age))
        self._agent.tell(event)

    def _clicked(self) -> None:
        """A click on the icon says yes to the prompt it shows."""
        prompt = self._agent.view().prompt
        if prompt is not None:
            self._agent.tell(ev.Answer(Do.START, prompt.id))

    def _file_changed(self) -> None:
        _settings, faults, changed = self._settings.reload()
        self._warn(faults)
        if changed:
            self._apply_settings()

    def _warn(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            logs.warning(str(fault))
        for row in self._settings.managed.rows:
            if row.error is not None:
                logs.warning(f"{row.source}: {row.error}")

    def _apply_settings(self) -> None:
        """Go on by the settings as they are now, whoever changed them."""
        settings, before = self._settings.settings, self._agent.settings
        self._controls.obey()
        logs.set_level(settings.log.level)
        words.speak(settings.language)
        self._agent.settings_changed(settings)
        if settings.sensing != before.sensing:
            self._contexts.use(self._sensing)
        if (settings.activity.source, settings.activity.hear_keys) != (
            before.activity.source,
            before.activity.hear_keys,
        ):
            self._agent.outlets.activity.close()
            self._agent.outlets.activity = self._activity()
            self._agent.outlets.activity.start()

    def _handle(self, cmd: str, args: dict[str, Any]) -> dict[str, Any]:
        token = args.pop(ACTIVATION, None)
        if isinstance(token, str):
            self._desktop.keep_activation_token(token)
        return self._verbs.handle(cmd, args)

    def _doctor(self) -> dict[str, Any]:
        from tray_agent.shell import checkup

        out = self._agent.outlets
        parts = [*out.activity.health(), out.tray.health(), out.notifier.health(), out.windows.health()]
        parts += [
            self._session.health(),
            *self._contexts.health(),
            *self._agent.health(),
            logs.health(),
            self._places.health(),
        ]
        report = checkup.report(
            self._places,
            parts,
            self._settings.faults,
            startup=self._system.autostart().status(),
            advice=self._system.advice(),
            policies=self._settings.managed.rows,
            running=True,
        )
        return {**report, "last_input": {f"{name}_s": ago for name, ago in out.activity.compare().items()}}
