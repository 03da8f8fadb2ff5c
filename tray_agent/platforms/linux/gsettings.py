"""A switch of GSettings, read by the desktop's own `gsettings` program.

That program knows the backend, the defaults and what an administrator has fixed; reading its database
here would mean GLib or half of it.  It runs for some milliseconds when there is a look or when dconf
announces that the key was written, of which the announced value is no part.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from jeepney import MatchRule
from msgspec import Struct

from tray_agent.platforms.linux.bus import Bus, Stop
from tray_agent.platforms.linux.survey import Answer
from tray_agent.ports import Loop, State

if TYPE_CHECKING:
    from subprocess import Popen

PROGRAM = "gsettings"
PATIENCE_S = 5.0

Answered = Callable[[Answer], object]


class Switch(Struct, frozen=True):
    """The boolean `key` of `schema`, which dconf keeps in `folder`; its value `on` means yes."""

    source: str
    schema: str
    folder: str
    key: str
    on: bool


class SettingsSwitch:
    """A `Source` for the switch."""

    def __init__(self, loop: Loop, bus: Bus, switch: Switch) -> None:
        self.name = switch.source
        self._loop = loop
        self._bus = bus
        self._switch = switch
        self._stop: Stop | None = None
        self._give_up: Callable[[], object] = lambda: None

    def begin(self, hint: Callable[[], object]) -> None:
        """Hear when the key, or all in a folder it lies in, was written."""
        rule = MatchRule(type="signal", interface="ca.desrt.dconf.Writer", member="Notify")
        rule.add_arg_condition(0, self._switch.folder + self._switch.key, "path")
        self._stop = self._bus.hint(rule, hint)

    def ask(self, answered: Answered) -> None:
        """Start the program and go on at once."""
        from subprocess import DEVNULL, PIPE, Popen

        command = [PROGRAM, "get", self._switch.schema, self._switch.key]
        try:
            child = Popen(command, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, start_new_session=True)
        except OSError as error:
            missing = Answer(None, State.ABSENT, f"needs the program {PROGRAM}: {error.strerror}")
            self._loop.call_soon(lambda: answered(missing))
        else:
            self._await(child, answered)

    def close(self) -> None:
        """Hear no more; safe to call twice."""
        if self._stop is not None:
            self._stop()
            self._stop = None
        self._give_up()

    def _await(self, child: Popen[bytes], answered: Answered) -> None:
        ended = os.pidfd_open(child.pid)
        patience = self._loop.call_later(PATIENCE_S, child.kill)

        def reap() -> None:
            self._give_up = lambda: None
            patience.cancel()
            self._loop.unwatch(ended)
            os.close(ended)
            answered(self._judged(*_last_words(child)))

        def give_up() -> None:
            child.kill()
            reap()

        self._give_up = give_up
        self._loop.watch(ended, reap)

    def _judged(self, code: int, said: bytes) -> Answer:
        match code, said.strip():
            case 0, (b"true" | b"false") as value:
                return Answer((value == b"true") == self._switch.on)
            case 1, _:
                return Answer(None, State.ABSENT, "cannot tell: there is no such setting")
            case _:
                return Answer(None, State.DEGRADED, f"gets no answer from {PROGRAM}")


def _last_words(child: Popen[bytes]) -> tuple[int, bytes]:
    """How it ended and what it said, without waiting for whoever else may hold the pipe."""
    with child:
        assert child.stdout is not None
        os.set_blocking(child.stdout.fileno(), False)
        said = child.stdout.read(64)
    return child.returncode, said or b""
