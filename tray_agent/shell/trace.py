"""Activity traces: JSON Lines, optionally gzipped, one header and then one event a line.

Unknown keys and lines that carry `truth` are passed over; anything else that is wrong is a
`TraceFault` naming file, line and fault.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone, tzinfo
from io import BufferedReader
from pathlib import Path
from typing import Any, TypeGuard
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from tray_agent.core import events as ev
from tray_agent.core.model import Do, Posture, Signal
from tray_agent.shell.words import _

FORMAT = "tray-agent/1"

_GRID = 1024
_LONGEST_STEP_S = 1e9


class TraceFault(Exception):
    """A trace that cannot be read: one sentence naming file, line and fault."""


class Slept(Struct, frozen=True):
    """The machine goes to sleep (`on`) or wakes."""

    on: bool


class WallMoved(Struct, frozen=True):
    """The wall clock jumps by `offset_s`; the zone becomes `zone` where one is given."""

    offset_s: float
    zone: tzinfo | None


class Header(Struct, frozen=True):
    """When the trace starts, in seconds since the epoch, and the zone its wall clock shows."""

    start: float
    zone: tzinfo


Happening = ev.Event | Slept | WallMoved

_SIGNALS = {
    "call": Signal.CALL,
    "media": Signal.MEDIA,
    "share": Signal.SHARING,
    "dnd": Signal.DND,
    "fullscreen": Signal.FULLSCREEN,
}
_BARE: Mapping[str, Happening] = {
    "input": ev.Input(),
    "lock": ev.Locked(),
    "unlock": ev.Unlocked(),
    "suspend": Slept(True),
    "resume": Slept(False),
    "desk_standing": ev.Said(Posture.STANDING),
    "desk_sitting": ev.Said(Posture.SEATED),
    "presence_away": ev.Said(Posture.AWAY),
    "presence_here": ev.Here(),
    **{f"{name}_on": ev.Context(signal, True) for name, signal in _SIGNALS.items()},
    **{f"{name}_off": ev.Context(signal, False) for name, signal in _SIGNALS.items()},
}


class Trace:
    """One file, read as it is iterated; raises `TraceFault` there and when it is made."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines = self._numbered_lines()
        self.header = self._header()

    def __iter__(self) -> Iterator[tuple[float, Happening]]:
        """Every `(t, happening)` in order; can be gone through once."""
        last = 0.0
        for number, entry in self._lines:
            if "truth" in entry:
                continue
            t = entry.get("t")
            if not _is_seconds(t):
                raise self._fault(number, _("there is no time `t` in seconds"))
            if t < last:
                raise self._fault(number, _("time goes back from {last:g} to {t:g}").format(last=last, t=t))
            last = t
            yield _on_grid(t), self._happening(number, entry)

    def _numbered_lines(self) -> Iterator[tuple[int, dict[str, Any]]]:
        decode = msgspec.json.Decoder().decode
        number = 0
        try:
            with self._open() as lines:
                for number, line in enumerate(lines, 1):
                    if not line.strip():
                        continue
                    entry = decode(line)
                    if not isinstance(entry, dict):
                        raise self._fault(number, _("the line is not a JSON object"))
                    yield number, entry
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise self._fault(number, _("broken JSON: {why}").format(why=error)) from None
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise self._fault(number + 1, _("broken gzip data: {why}").format(why=error)) from None
        except OSError as error:
            why = _("{file} cannot be read: {why}").format(file=self._path, why=error.strerror)
            raise TraceFault(why) from None

    def _open(self) -> BufferedReader:
        with self._path.open("rb") as file:
            zipped = file.read(2) == b"\x1f\x8b"
        # GzipFile's own way from line to line is Python code; a buffer's is not.
        return BufferedReader(gzip.open(self._path, "rb")) if zipped else self._path.open("rb")

    def _header(self) -> Header:
        number, entry = next(self._lines, (1, {}))
        if entry.get("trace") != FORMAT:
            raise self._fault(number, _('the header must say "trace": "{format}"').format(format=FORMAT))
        try:
            start = datetime.fromisoformat(entry["start"])
        except (KeyError, TypeError, ValueError):
            raise self._fault(number, _("the header needs a `start` in ISO 8601")) from None
        offset = start.utcoffset()
        if offset is None:
            raise self._fault(number, _("the header's `start` needs an offset such as +01:00"))
        zone = self._zone(number, entry)
        return Header(_on_grid(start.timestamp()), zone or timezone(offset))

    def _happening(self, number: int, entry: dict[str, Any]) -> Happening:
        name = entry.get("e")
        if isinstance(name, str) and (bare := _BARE.get(name)) is not None:
            return bare
        if name == "answer":
            return self._answer(number, entry.get("do"))
        if name == "wall":
            return self._wall_moved(number, entry)
        if name is None:
            raise self._fault(number, _("there is no event `e`"))
        raise self._fault(number, _("unknown event {name!r}").format(name=name))

    def _answer(self, number: int, do: object) -> ev.Answer:
        if not isinstance(do, str) or do not in list(Do):
            allowed = ", ".join(Do)
            wrong = _("`do` is {do!r}, allowed are {allowed}").format(do=do, allowed=allowed)
            raise self._fault(number, wrong)
        return ev.Answer(Do(do))

    def _wall_moved(self, number: int, entry: dict[str, Any]) -> WallMoved:
        offset_s = entry.get("offset_s", 0)
        if not _is_seconds(offset_s) or abs(offset_s) > _LONGEST_STEP_S:
            wrong = _("`offset_s` is {offset!r}, allowed are seconds from {low:g} to {high:g}").format(
                offset=offset_s, low=-_LONGEST_STEP_S, high=_LONGEST_STEP_S
            )
            raise self._fault(number, wrong)
        return WallMoved(_on_grid(offset_s), self._zone(number, entry))

    def _zone(self, number: int, entry: dict[str, Any]) -> tzinfo | None:
        name = entry.get("tz")
        if name is None:
            return None
        try:
            return ZoneInfo(name)
        except (KeyError, TypeError, ValueError, OSError):
            raise self._fault(number, _("unknown time zone {name!r}").format(name=name)) from None

    def _fault(self, number: int, fault: str) -> TraceFault:
        return TraceFault(_("{file}, line {line}: {fault}").format(file=self._path, line=number, fault=fault))


def _is_seconds(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _on_grid(seconds: float) -> float:
    """The nearest 1/1024 s: there a deadline minus its delay is exactly the time it counts from."""
    return round(seconds * _GRID) / _GRID
