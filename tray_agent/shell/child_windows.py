"""The windows as child processes: a brief goes in, JSON lines come out, end of input means leave.

Two short-lived threads a window talk to it: one writes, the other reads and reaps the process.
Pipes cannot be watched by a selector on every system, and a blocked write cannot hold up the loop
from there.  Everything else happens on the loop.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any, cast

import msgspec

from tray_agent.ports import Health, Loop, State, Timer, Unavailable
from tray_agent.shell import words
from tray_agent.shell.messages import ACTIVATION

if TYPE_CHECKING:
    from subprocess import Popen

PAINTS_WITHIN_S = 5.0
"""A window that takes longer is taken for dead."""

LEAVES_WITHIN_S = 2.0
"""A window that was asked to leave is killed after this."""

_OTHERS_TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""What let the agent itself take the focus, long ago: no window of ours may claim it."""


Said = Callable[[dict[str, Any]], object]
Command = Callable[[str], Sequence[str]]
Appearance = dict[str, Any]


def window_command(name: str) -> list[str]:
    """The command that opens window `name`; raises `Unavailable` when no windows are installed.

    The frozen program carries them in a program of its own beside the agent.
    """
    if getattr(sys, "frozen", False):
        agent = Path(sys.executable)
        windows = agent.with_name(f"tray-agent-windows{agent.suffix}")
        if not windows.exists():
            raise Unavailable("this installation has no windows")
        return [f"{windows}", name]
    from importlib.util import find_spec

    if find_spec("PySide6") is None:
        raise Unavailable("PySide6 is not installed; the [gui] extra brings it")
    return [sys.executable, "-m", "tray_agent.ui", name]


class ChildWindows:
    """Keeps `ports.Windows`; a window opened again under its name replaces the one before.

    `appearance()` is how the person wants windows to look, told in each brief, and so is whether others
    may be shown the screen just now: `shared()`.  Windows speak the language the agent speaks.
    `take_token()` is what lets a window that the person has just asked for take the focus, where a
    desktop wants to see such a thing; one that comes quietly has none.
    """

    def __init__(
        self,
        loop: Loop,
        command: Command = window_command,
        *,
        appearance: Callable[[], Appearance] = dict,
        take_token: Callable[[], str | None] = lambda: None,
        shared: Callable[[], bool] = lambda: False,
    ) -> None:
        self._loop = loop
        self._command = command
        self._appearance = appearance
        self._take_token = take_token
        self._shared = shared
        self._children: dict[str, _Child] = {}
        self._trouble: str | None = None

    def open(self, name: str, brief: dict[str, Any], said: Said) -> None:
        """Open window `name` with its `brief`; `said` hears each of its messages, on the loop."""
        import subprocess  # 0.4 MB that an agent without windows need not carry

        self.close(name)
        token = None if brief.get("quietly") else self._take_token()
        try:
            process = subprocess.Popen(
                self._command(name),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_environment(token),
                # Where there is such a flag, a console program would open a black window of its own.
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except (Unavailable, OSError) as error:
            gone = {"event": "gone", "reason": f"{error}"}
            self._trouble = f"{error}"
            self._loop.call_soon(lambda: said(gone))
            return
        child = self._children[name] = _Child(self._loop, process, said, lambda: self._ended(name, child))
        child.unseen = self._shared()
        unseen = {"unseen": True} if child.unseen else {}
        child.tell({**brief, "appearance": self._appearance(), **unseen})
        child.start(name)

    def tell(self, name: str, message: dict[str, Any]) -> None:
        """Tell the window something more.  Harmless when there is none."""
        child = self._children.get(name)
        if child is not None:
            token = self._take_token() if message.get("do") == "front" else None
            child.tell(message if token is None else {**message, ACTIVATION: token})

    def keep_unseen(self) -> None:
        """Others may be shown the screen now: if so, tell the windows that are open, each once."""
        told = [child for child in self._children.values() if not child.unseen]
        if told and self._shared():
            for child in told:
                child.unseen = True
                child.tell({"do": "unseen"})

    def close(self, name: str) -> None:
        """Ask the window to leave; its last word is still heard.  Harmless when there is none."""
        child = self._children.pop(name, None)
        if child is not None:
            child.leave()

    def health(self) -> Health:
        """Whether windows can be shown here, as far as is known without showing one."""
        try:
            self._command("break")
        except Unavailable as error:
            return Health("windows", State.ABSENT, None, f"{error}")
        state = State.OK if self._trouble is None else State.DEGRADED
        return Health("windows", state, "child process", self._trouble)

    def _ended(self, name: str, child: _Child) -> None:
        self._trouble = child.trouble
        if self._children.get(name) is child:
            del self._children[name]


class _Child:
    """One window's process, from its start until it is reaped."""

    def __init__(self, loop: Loop, process: Popen[bytes], said: Said, ended: Callable[[], object]) -> None:
        self._loop, self._process = loop, process
        self._said, self._ended = said, ended
        self._ready = self._leaving = self._last_word = False
        self._outgoing: SimpleQueue[bytes | None] = SimpleQueue()  # None: nothing more
        self.trouble: str | None = None
        self.unseen = False
        self._deadline: Timer = loop.call_later(PAINTS_WITHIN_S, lambda: self._kill("did not paint"))

    def start(self, name: str) -> None:
        """Hand over what it was told, and listen."""
        for talk in (self._write, self._read):
            threading.Thread(target=talk, name=f"window {name}", daemon=True).start()

    def tell(self, message: dict[str, Any]) -> None:
        """Send one line; at once when it has started."""
        self._outgoing.put(msgspec.json.encode(message) + b"\n")

    def leave(self) -> None:
        """Ask to leave; a window that has not painted has nothing to say and is killed at once."""
        self._leaving = True
        self._deadline.cancel()
        if not self._ready:
            self._process.kill()
            return
        self._outgoing.put(None)
        self._deadline = self._loop.call_later(LEAVES_WITHIN_S, self._process.kill)

    def _kill(self, trouble: str) -> None:
        self.trouble = trouble
        self._process.kill()

    def _write(self) -> None:
        """On a thread of its own: until nothing is left to tell, or nobody to tell it to."""
        try:
            with cast("IO[bytes]", self._process.stdin) as stdin:
                while (line := self._outgoing.get()) is not None:
                    stdin.write(line)
                    stdin.flush()
        except OSError:
            pass  # it died: its status will tell

    def _read(self) -> None:
        """On a thread of its own: until the window's output ends, then until it does."""
        with cast("IO[bytes]", self._process.stdout) as stdout:
            for line in stdout:
                self._loop.call_soon(partial(self._heard, line))
        status = self._process.wait()
        self._outgoing.put(None)
        self._loop.call_soon(lambda: self._reaped(status))

    def _heard(self, line: bytes) -> None:
        try:
            message = msgspec.json.decode(line, type=dict[str, Any])
        except msgspec.MsgspecError:
            self._kill("does not speak JSON lines")
            return
        if message.get("event") == "ready":
            self._ready = True
            if not self._leaving:
                self._deadline.cancel()
        self._last_word = self._last_word or message.get("event") == "ended"
        self._said(message)

    def _reaped(self, status: int) -> None:
        self._deadline.cancel()
        if not (self._last_word or self._leaving):
            self.trouble = self.trouble or _how_it_ended(status)
            self._said({"event": "gone", "reason": self.trouble})
        self._ended()


def _environment(token: str | None) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in _OTHERS_TOKENS}
    leave = {} if token is None else {"XDG_ACTIVATION_TOKEN": token}
    return {**inherited, "LANGUAGE": words.language(), **leave}


def _how_it_ended(status: int) -> str:
    if status < 0:
        return f"killed by {signal.Signals(-status).name}"
    return f"ended with status {status} and without a word"
