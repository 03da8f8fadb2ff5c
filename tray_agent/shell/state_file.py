"""The engine's state across restarts: an atomic snapshot, and how long nobody observed since.

The state is whatever tree of dataclasses the engine hands over, kept as JSON with the clocks of the
moment.  One that an older version wrote is understood; a file that cannot be read is set aside and
reported, never fatal.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from tray_agent.ports import Clocks, Health, State
from tray_agent.shell import atomic
from tray_agent.shell.clock import NOTICEABLE_S
from tray_agent.shell.state_upgrades import VERSION, upgrade
from tray_agent.shell.words import _

LONGEST_GAP_S = 24 * 3600.0

S = TypeVar("S")


class Envelope(msgspec.Struct, Generic[S], frozen=True):
    """A state, the engine's `now` it was taken at, and the clocks of that moment."""

    version: int
    clocks: Clocks
    now: float
    state: S


class _Head(msgspec.Struct):
    version: int


class Gap(Struct, frozen=True):
    """Nobody observed the last `seconds`; `slept` when the machine was asleep or off for most of them."""

    seconds: float
    slept: bool


class StateFile(Generic[S]):
    """The snapshot at `path` of a state of type `kind`; `trouble` is why it could not be kept last time."""

    def __init__(self, path: Path, kind: type[S]) -> None:
        self._path = path
        self.trouble: str | None = None
        # Made once: building a decoder for the whole tree is the expensive part.
        self._decoder = msgspec.json.Decoder(Envelope[kind])  # type: ignore[valid-type]

    def save(self, state: S, now: float, clocks: Clocks) -> None:
        """Replace the snapshot.

        Raises `OSError` and leaves the old one when it cannot be written, and
        `msgspec.ValidationError` for a state that could not be read back.
        """
        content = msgspec.json.encode(Envelope(VERSION, clocks, now, state))
        # JSON has no infinity, so a state with one would be lost: better found now than after a crash.
        self._decoder.decode(content)
        atomic.write(self._path, content)

    def keep(self, state: S, now: float, clocks: Clocks) -> None:
        """Save; a disk that refuses is shown by `health`, and the next `keep` tries again."""
        try:
            self.save(state, now, clocks)
        except OSError as error:
            self.trouble = error.strerror
        else:
            self.trouble = None

    def health(self) -> Health:
        """Whether the state reaches the disk."""
        state = State.OK if self.trouble is None else State.DEGRADED
        return Health("snapshot", state, "file", self.trouble)

    def load(self) -> tuple[Envelope[S] | None, str | None]:
        """The last snapshot, or None and, when there was one but it is unreadable, why in a sentence."""
        try:
            envelope = self._decode(self._path.read_bytes())
        except FileNotFoundError:
            return None, None
        except OSError as error:
            sentence = _("the saved state {file} cannot be read: {why}")
            return None, sentence.format(file=self._path, why=error.strerror)
        except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError):
            return None, self._set_aside()
        if envelope.version != VERSION:
            return None, self._set_aside()
        return envelope, None

    def _decode(self, content: bytes) -> Envelope[S]:
        version = msgspec.json.decode(content, type=_Head).version
        if 0 < version < VERSION:
            content = msgspec.json.encode(upgrade(msgspec.json.decode(content), version))
        envelope: Envelope[S] = self._decoder.decode(content)
        return envelope

    def _set_aside(self) -> str:
        kept = atomic.set_aside(self._path)
        sentence = _("the saved state could not be understood; it was kept as {file} and a new one begun")
        return sentence.format(file=kept)


def gap(envelope: Envelope[S], clocks: Clocks) -> Gap | None:
    """How long nobody observed since the snapshot; None when that cannot be known or is over a day.

    Within one boot the clocks that ran on tell, and sleep shows as what `monotonic` lags behind.  After
    a restart only the wall clock is left, and the machine counts as having been off.
    """
    then = envelope.clocks
    if clocks.boot_id == then.boot_id:
        seconds = clocks.boottime - then.boottime
        asleep = seconds - (clocks.monotonic - then.monotonic)
        slept = asleep > NOTICEABLE_S and asleep > seconds / 2
    else:
        seconds, slept = clocks.wall - then.wall, True
    return Gap(seconds, slept) if 0 <= seconds <= LONGEST_GAP_S else None


def stored(path: Path) -> Any:
    """The snapshot just as it lies there, for its owner to read; None where there is none.

    Raises `OSError` or `msgspec.DecodeError` when it cannot be read.
    """
    try:
        return msgspec.json.decode(path.read_bytes())
    except FileNotFoundError:
        return None
