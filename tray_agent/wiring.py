"""The composition root: reads the settings, picks the adapters, starts the loop; nothing else may."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tray_agent import __version__, platforms
from tray_agent.core import events as ev
from tray_agent.core.engine import Engine, State
from tray_agent.core.model import Do, Intensity
from tray_agent.platforms import Desktop
from tray_agent.platforms.null import NullTray
from tray_agent.ports import Entry, Health, Tray, Unavailable
from tray_agent.ports import State as Condition
from tray_agent.shell import catalogue, folders, icon, intensities, ipc, logs, menu, presenter, resources
from tray_agent.shell.activity import Activity, Source
from tray_agent.shell.agent import Agent, Outlets
from tray_agent.shell.child_windows import ChildWindows
from tray_agent.shell.clock import Clock
from tray_agent.shell.folders import Folders, UnusableFolder
from tray_agent.shell.guide import Guide
from tray_agent.shell.loop import SelectorLoop
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.scheduler import Alarms
from tray_agent.shell.settings import BadSetting, SettingsFile
from tray_agent.shell.state_file import LONGEST_GAP_S, Gap, StateFile, gap
from tray_agent.shell.store import NewerStore, SqliteStore
from tray_agent.shell.verbs import Verbs
from tray_agent.shell.words import _

NOTE_ICON = "png/tray-agent-64.png"
EXAMINE_S = 2.0
"""How long `doctor` waits for tray and notes to say how they are."""


@dataclass(frozen=True, slots=True)
class Options:
    """How `tray-agent run` was called; `speed` is agent seconds per real second."""

    no_tray: bool = False
    speed: float = 1.0
    config: Path | None = None


def run(options: Options) -> int:
    """Be the agent until told to quit; returns the exit code."""
    try:
        places = folders.find(options.config)
        places.make()
    except UnusableFolder as error:
        print(error, file=sys.stderr)
        return Exit.FAULT
    loop = SelectorLoop()
    try:
        running = _Running(loop, options, places)
    except ipc.AlreadyRunning:
        return _hand_over(places)
    except (NewerStore, Unavailable, OSError) as error:
        print(error, file=sys.stderr)
        return Exit.FAULT
    return running.live()


class _Running:
    """Everything a running agent consists of, put together."""

    def __init__(self, loop: SelectorLoop, options: Options, places: Folders) -> None:
        self._loop = loop
        self._options = options
        self._places = places
        self._server = ipc.IpcServer(loop, places.socket, self._handle)
        self._settings = SettingsFile(places.settings)
        settings, faults, _changed = self._settings.reload()
        logs.start(places.state, settings.log.level)
        self._desktop = platforms.select(loop)
        self._agent, self._gap = self._make_agent()
        self._connect()
        self._verbs = Verbs(self._agent, __version__, self._doctor, self.quit)
        for fault in faults:
            logs.warning(str(fault))

    def live(self) -> int:
        """Run until `quit`, a signal or a bug; the state is saved in every case."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: self.quit())
        try:
            self._agent.start(self._gap)
            self._loop.run()
        except Exception:
            logs.crash(self._places.state, self._agent.recent)
            raise
        finally:
            self._agent.close()
            self._desktop.close()
            self._server.close()
        return Exit.DONE

    def tell(self, event: ev.Event) -> None:
        """Tell the agent (for the menu)."""
        self._agent.tell(event)

    def change(self, key: str, value: str) -> None:
        """Change a setting (for the menu); a file that cannot be changed is told to the person."""
        try:
            self._settings.set(key, value)
        except (BadSetting, OSError) as error:
            logs.warning(str(error))
            self._agent.inform(_("The setting is as it was"), str(error))
        else:
            self._agent.settings_changed(self._settings.settings)

    def quit(self) -> None:
        """Leave the loop at its next turn."""
        self._loop.stop()

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
        clock = Clock(read, speed, start, None if speed == 1.0 else _nine_o_clock())
        known = catalogue.load()
        agent = Agent(
            Engine(intensities.load(settings), known.exercises, state),
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
        notifier = desktop.notifier(agent.answered, resources.icon(NOTE_ICON))
        windows = ChildWindows(self._loop)
        guide = Guide(
            self._loop,
            agent.catalogue,
            windows,
            notifier,
            speed=speed,
            ended=lambda routine, steps: agent.tell(ev.RoutineEnded(routine, steps)),
        )
        agent.connect(Outlets(self._tray(), notifier, windows, guide, self._activity()))
        desktop.watch_clock(agent.look_at_clocks)
        desktop.watch_folder(self._places.settings.parent, self._settings_changed)

    def _tray(self) -> Tray:
        if self._options.no_tray:
            return NullTray("started with --no-tray", Condition.OFF)
        return self._desktop.tray(self._menu, icon.draw, self._clicked)

    def _activity(self) -> Activity:
        return Activity(
            self._loop,
            Source(self._settings.settings.activity.source),
            self._desktop.idle_counter,
            self._desktop.listener,
            self._agent.tell,
            now=self._agent.clock.now,
            speed=self._options.speed,
        )

    def _menu(self) -> tuple[Entry, ...]:
        return menu.entries(self._agent.view(), Intensity(self._settings.settings.intensity), self)

    def _clicked(self) -> None:
        """A click on the icon says yes to the prompt it shows."""
        prompt = self._agent.view().prompt
        if prompt is not None:
            self._agent.tell(ev.Answer(Do.START, prompt.id))

    def _settings_changed(self) -> None:
        source = self._settings.settings.activity.source
        settings, faults, changed = self._settings.reload()
        for fault in faults:
            logs.warning(str(fault))
        if not changed:
            return
        logs.set_level(settings.log.level)
        self._agent.settings_changed(settings)
        if settings.activity.source != source:
            self._agent.outlets.activity.close()
            self._agent.outlets.activity = self._activity()
            self._agent.outlets.activity.start()

    def _handle(self, cmd: str, args: dict[str, Any]) -> dict[str, Any]:
        return self._verbs.handle(cmd, args)

    def _doctor(self) -> dict[str, Any]:
        out = self._agent.outlets
        parts = [*out.activity.health(), out.tray.health(), out.notifier.health(), out.windows.health()]
        parts += self._agent.health()
        faults = [str(fault) for fault in self._settings.faults]
        seen = {f"{name}_s": ago for name, ago in out.activity.compare().items()}
        return {**presenter.doctor(__version__, True, parts, faults), "last_input": seen}


def _nine_o_clock() -> float:
    """A day faster than life begins here, so that it is the same day at whatever hour it is shown."""
    return datetime.now().astimezone().replace(hour=9, minute=0, second=0, microsecond=0).timestamp()


def examine(config: Path | None = None) -> dict[str, Any]:
    """What `doctor` can find out with no agent running: each part is built, asked and let go."""
    places = folders.find(config)
    loop = SelectorLoop()
    settings = SettingsFile(places.settings)
    settings.reload()
    faults = [str(fault) for fault in settings.faults]
    try:
        desktop = platforms.select(loop)
    except Unavailable as error:
        return presenter.doctor(__version__, False, [], [*faults, str(error)])
    parts = list(_examined(loop, desktop))
    desktop.close()
    return presenter.doctor(__version__, False, parts, faults)


def _examined(loop: SelectorLoop, desktop: Desktop) -> Iterator[Health]:
    for name, make in (("counter", desktop.idle_counter), ("pynput", desktop.listener)):
        try:
            part = make(lambda _reason: None)
        except Unavailable as error:
            yield Health(name, Condition.ABSENT, None, str(error))
        else:
            yield Health(name, Condition.OK, part.name)
            part.close()
    tray = desktop.tray(lambda: (), icon.draw, lambda: None)
    notifier = desktop.notifier(lambda _prompt, _key: None, resources.icon(NOTE_ICON))
    ends = time.monotonic() + EXAMINE_S
    while time.monotonic() < ends and {tray.health().state, notifier.health().state} != {Condition.OK}:
        loop.step(ends - time.monotonic())
    yield from (tray.health(), notifier.health(), ChildWindows(loop).health())
    tray.close()
    notifier.close()


def _hand_over(places: Folders) -> int:
    """Another agent runs already: let it come forward instead."""
    try:
        ipc.ask(places.socket, "activate", {})
    except CommandError as error:
        print(error, file=sys.stderr)
        return error.code
    print(_("Tray Agent is running already."))
    return Exit.DONE
