"""The agent from its first moment to its last: one a person, on the thread the system leaves it."""

from __future__ import annotations

import sys
import time

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

LEAVES_WITHIN_S = 5.0
"""Another agent that nobody can ask is on its way out, or in, for no longer than this."""

LOOKS_AGAIN_S = 0.05


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
        arrival = _arrive(system, loop, options, places)
        if not isinstance(arrival, Arrival):
            return arrival
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


def _arrive(system: System, loop: SelectorLoop, options: Options, places: Folders) -> Arrival | int:
    """The place of the one agent, with its icon; the exit code where another keeps it."""
    give_up = time.monotonic() + LEAVES_WITHIN_S
    while True:
        try:
            return Arrival(system, loop, options, places)
        except ipc.AlreadyRunning:
            pass
        except (Unavailable, OSError) as error:
            print(error, file=sys.stderr)
            return Exit.FAULT
        try:
            answers = _answers(system, options, places)
        except CommandError as error:
            print(error, file=sys.stderr)
            return error.code
        if answers or time.monotonic() >= give_up:
            print(_("Tray Agent is running already."))
            return Exit.DONE
        time.sleep(LOOKS_AGAIN_S)


def _answers(system: System, options: Options, places: Folders) -> bool:
    """Whether the other agent is there, and not about to leave; it comes forward where a person wants it.

    Raises `CommandError` where it cannot.
    """
    verb = "status" if options.unasked else "activate"
    try:
        ipc.ask(places.socket, verb, with_activation({}), channel=system.channel())
    except CommandError as error:
        if error.code is Exit.NOT_RUNNING:
            return False
        if not options.unasked:
            raise
    return True
