"""What the agent holds at one moment: processes, threads, descriptors, bus matches, X resources, memory."""

from __future__ import annotations

import json
import os
import re
import signal
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, Message, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection
from Xlib.display import Display
from Xlib.ext import res

from tests.support.live_agent import LiveAgent
from tests.support.waiting import wait_until

INSIDE = Path(__file__).with_name("inside")
STATS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus.Debug.Stats")
ALLOWED = {"memory (KiB)": 3072, "objects": 3000, "timers": 3, "disk (KiB)": 10_000}
"""By how much these may grow over a soak; anything else not at all.

The day's ledger is part of the objects and the memory, the history of the disk.
"""
NEVER = ("children", "strays")


@dataclass(frozen=True, slots=True)
class Holdings:
    """`figures` by name, once `prompts` prompts had been shown; `kinds` are the most frequent objects."""

    prompts: int
    figures: dict[str, int]
    kinds: dict[str, int]


def prepare(agent: LiveAgent) -> None:
    """Let the agent, not yet started, be countable from within."""
    env = agent.desktop.env
    env["SOAK_REPORT"] = f"{_report(agent)}"
    env["PYTHONPATH"] = f"{INSIDE}{os.pathsep}{env['PYTHONPATH']}"


def look(agent: LiveAgent, prompts: int) -> Holdings:
    """Count everything, in an agent at rest: no prompt, no window."""
    within = _from_within(agent)
    figures = {
        "children": len(agent.children()),
        "strays": _strays(agent),
        "threads": len(list(Path(f"/proc/{agent.pid}/task").iterdir())),
        **_descriptors(agent.pid),
        **_on_the_bus(agent),
        **_on_the_display(agent),
        "timers": within["timers"],
        "objects": within["objects"],
        "memory (KiB)": _memory(agent.pid),
        "disk (KiB)": sum(file.stat().st_size for file in agent.home.rglob("*") if file.is_file()) // 1024,
    }
    return Holdings(prompts, figures, within["kinds"])


def leaks(looks: list[Holdings]) -> list[str]:
    """A sentence for each figure that grew: even its least value in the last third of the looks is
    above its greatest in the first third.  The first look is left out: the agent was still warming up.
    """
    settled = looks[1:] or looks
    third = max(1, len(settled) // 3)
    first, last = settled[:third], settled[-third:]
    found = [
        f"{looks[-1].figures[name]} {name} are left when there should be none"
        for name in NEVER
        if looks[-1].figures[name]
    ]
    for name in settled[-1].figures:
        before = max(one.figures.get(name, 0) for one in first)
        after = min(one.figures.get(name, 0) for one in last)
        if name not in NEVER and after > before + ALLOWED.get(name, 0):
            found.append(f"{name}: {before} after {first[-1].prompts} prompts, {after} at the end")
    return found


def grown_kinds(looks: list[Holdings]) -> list[str]:
    """Which kinds of objects became more since the first look, most of all first."""
    more = Counter(looks[-1].kinds)
    more.subtract(looks[0].kinds)
    return [f"{name} {count:+}" for name, count in more.most_common(5) if count > 0]


def _report(agent: LiveAgent) -> Path:
    return agent.desktop.folder / "soak.json"


def _from_within(agent: LiveAgent) -> dict[str, Any]:
    report = _report(agent)
    report.unlink(missing_ok=True)
    os.kill(agent.pid, signal.SIGUSR2)
    wait_until(report.exists, "the agent to count itself")
    counted: dict[str, Any] = json.loads(report.read_text())
    return counted


def _strays(agent: LiveAgent) -> int:
    """Processes of this agent's windows that it no longer knows."""
    ours, found = f"TRAY_AGENT_HOME={agent.home}".encode(), 0
    for process in Path("/proc").iterdir():
        try:
            command = (process / "cmdline").read_bytes()
            if b"tray_agent.ui" in command and ours in (process / "environ").read_bytes().split(b"\0"):
                found += 1
        except (FileNotFoundError, NotADirectoryError, ProcessLookupError, PermissionError):
            continue  # not a process, or it ended while we looked
    return found - len(agent.children())


def _descriptors(pid: int) -> dict[str, int]:
    kinds: Counter[str] = Counter()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = f"{descriptor.readlink()}"
        except FileNotFoundError:
            continue
        kinds[re.sub(r":\[\d+\]$", "", target).removeprefix("anon_inode:") if ":" in target else "file"] += 1
    return {"descriptors": kinds.total()} | {f"fd {name}": kinds[name] for name in sorted(kinds)}


def _on_the_bus(agent: LiveAgent) -> dict[str, int]:
    connections = matches = 0
    with closing(open_dbus_connection(agent.desktop.env["DBUS_SESSION_BUS_ADDRESS"])) as bus:

        def ask(message: Message) -> tuple[Any, ...]:
            return tuple(bus.send_and_get_reply(message, timeout=10).body)

        for name in ask(message_bus.ListNames())[0]:
            if name.startswith(":") and ask(message_bus.GetConnectionUnixProcessID(name))[0] == agent.pid:
                stats = ask(new_method_call(STATS, "GetConnectionStats", "s", (name,)))[0]
                connections += 1
                matches += stats["MatchRules"][1]
    return {"bus connections": connections, "bus matches": matches}


def _on_the_display(agent: LiveAgent) -> dict[str, int]:
    clients = resources = 0
    with closing(Display(agent.desktop.display)) as display:
        specs = [{"client": 0, "mask": res.LocalClientPIDMask}]
        for one in display.res_query_client_ids(specs).ids:
            if one.spec.mask == res.LocalClientPIDMask and list(one.value) == [agent.pid]:
                clients += 1
                held = display.res_query_client_resources(one.spec.client).types
                resources += sum(kind.count for kind in held)
    return {"X clients": clients, "X resources": resources}


def _memory(pid: int) -> int:
    """Proportional set size in KiB."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    (pss,) = re.findall(r"^Pss: +(\d+) kB", rollup, re.MULTILINE)
    return int(pss)
