"""The agent from its first moment to its last: one a person, on the thread the system leaves it."""

from __future__ import annotations

import sys

from tray_agent import platforms
from tray_agent.arrival import Arrival, Options
from tray_agent.platforms import System
from tray_agent.ports import Unavailable
from tray_agent.shell import folders, frugal, ipc, logs
from tray_agent.shell.crash_report import CrashFile
from tray_agent.shell.folders import Folders, UnusableFolder
from tray_agent.shell.loop import SelectorLoop, farewells
from tray_agent.shell.messages import CommandError, Exit, with_activation
from tray_agent.shell.words import _


def run(options: Options) -> int:
    """Be the agent until told to quit; returns the exit code."""
    system = platforms.select()
    try:
        places = folders.find(system.places, options.config)
        troubles = places.make()
    except UnusableFolder as error:
        print(error, file=sys.stderr)
        return Exit.FAULT
    loop = SelectorLoop(system.awake())
    with loop.ended_by(farewells()):
        return system.lead(lambda: _be(system, loop, options, places, troubles))


def _be(
    system: System, loop: SelectorLoop, options: Options, places: Folders, troubles: tuple[str, ...]
) -> int:
    with CrashFile(places.state) as crash:
        try:
            arrival = Arrival(system, loop, options, places)
        except ipc.AlreadyRunning:
            return _hand_over(system, options, places)
        except (Unavailable, OSError) as error:
            print(error, file=sys.stderr)
            return Exit.FAULT
        arrival.await_icon()
        frugal.load("apscheduler.schedulers.base")
        # Only now: it takes longer to load than the icon to appear.
        from tray_agent.running import Running
        from tray_agent.shell.store import NewerStore

        try:
            running = Running(arrival, crash)
        except (NewerStore, Unavailable, OSError) as error:
            arrival.close()
            print(error, file=sys.stderr)
            return Exit.FAULT
        for trouble in troubles:
            logs.warning(trouble)
        code = running.live()
    running.succeed()
    return code


def _hand_over(system: System, options: Options, places: Folders) -> int:
    """Another agent runs already: let it come forward instead, where a person wants it."""
    try:
        if not options.unasked:
            ipc.ask(places.socket, "activate", with_activation({}), channel=system.channel())
    except CommandError as error:
        if error.code is not Exit.NOT_RUNNING:  # it has only just begun
            print(error, file=sys.stderr)
            return error.code
    print(_("Tray Agent is running already."))
    return Exit.DONE
