"""What `doctor` finds out with no agent running: each part is imported, built, asked how it is and let go."""

from __future__ import annotations

import importlib
import pkgutil
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tray_agent import platforms
from tray_agent.core import events as ev
from tray_agent.platforms import Desktop, System
from tray_agent.ports import Health, State, Unavailable
from tray_agent.shell import checkup, contexts, faces, folders, resources, setting_values
from tray_agent.shell.child_windows import ChildWindows
from tray_agent.shell.contexts import Contexts
from tray_agent.shell.loop import SelectorLoop
from tray_agent.shell.managed import Managed
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.settings import SettingsFile
from tray_agent.shell.store import SqliteStore
from tray_agent.shell.words import _

EXAMINE_S = 2.0
"""How long the parts have to say how they are."""

NOTE_ICON = "png/tray-agent-64.png"

_NO_DISPLAY = "failed to acquire X connection"
"""How pynput, which opens a display while it is imported, says that it is there and the display is not."""


def selftest() -> None:
    """Import every adapter and open a store, as an installer asks of a fresh installation.

    Raises `CommandError` with a line for each part that is missing.
    """
    faults = [*_missing()]
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder, "history.sqlite3"))
        reason = store.health().reason
        store.close()
    if reason is not None:
        faults.append(_("a history cannot be kept: {why}").format(why=reason))
    if faults:
        raise CommandError(Exit.FAULT, "\n".join(faults))


def _missing() -> Iterator[str]:
    for module in pkgutil.walk_packages(platforms.__path__, f"{platforms.__name__}."):
        if platforms.elsewhere() & set(module.name.split(".")):
            continue
        try:
            importlib.import_module(module.name)
        except Exception as error:  # noqa: BLE001 - whatever stops an adapter is the answer
            # Installers ask on machines where nobody has logged in.
            if _NO_DISPLAY not in str(error):
                yield f"{module.name}: {error}"


def examine(config: Path | None = None) -> dict[str, Any]:
    """What `doctor` says of a home whose agent does not run."""
    system = platforms.select()
    found: list[dict[str, Any]] = []

    def look() -> int:
        found.append(_report(system, config))
        return 0

    # Where the main thread belongs to the system, nothing could be shown or asked from it.
    system.lead(look)
    return found[0]


def _report(system: System, config: Path | None) -> dict[str, Any]:
    places = folders.find(system.places, config)
    loop = SelectorLoop(system.awake())
    settings = SettingsFile(places.settings, Managed(system.policies(setting_values.TYPES.keys()).read))
    settings.reload()
    told = partial(
        checkup.report,
        places,
        startup=system.autostart().status(),
        advice=system.advice(),
        policies=settings.managed.rows,
        running=False,
    )
    try:
        desktop = system.desktop(loop)
    except Unavailable as error:
        faults = [*settings.faults, str(error)]
        return told([places.health()], faults)
    sensing = contexts.chosen(settings.settings.sensing)
    parts = [
        *_examined(loop, desktop, sensing, hear_keys=settings.settings.activity.hear_keys),
        places.health(),
    ]
    desktop.close()
    return told(parts, settings.faults)


def _examined(
    loop: SelectorLoop, desktop: Desktop, sensing: frozenset[str], *, hear_keys: bool
) -> Iterator[Health]:
    for name, make in (
        ("counter", desktop.idle_counter),
        ("pynput", partial(desktop.listener, keys=hear_keys)),
    ):
        try:
            part = make(lambda _reason: None)
        except Unavailable as error:
            yield Health(name, State.ABSENT, None, str(error), permission=error.permission)
        else:
            permission = getattr(part, "permission", None)
            yield Health(name, State.OK, part.name, permission=permission)
            part.close()
    looked: list[ev.Event] = []
    around = Contexts(loop, desktop.context_sensor, contexts.NAMES, looked.append, now=time.monotonic)
    around.start(sensing)
    session = desktop.session(lambda _news: None)
    tray = desktop.tray(
        tuple, faces.draw, activated=lambda: None, popup=lambda _x, _y: None, changed=lambda: None
    )
    notifier = desktop.notifier(lambda _prompt, _key: None, resources.icon(NOTE_ICON))
    ends = time.monotonic() + EXAMINE_S
    shown = (session, tray, notifier)
    while time.monotonic() < ends and not (
        ev.LookedAround() in looked and {each.health().state for each in shown} == {State.OK}
    ):
        loop.step(ends - time.monotonic())
    yield from around.health()
    yield from (*(each.health() for each in shown), ChildWindows(loop).health())
    for each in (around, *shown):
        each.close()
