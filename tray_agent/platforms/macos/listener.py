"""The content-blind listener on macOS: it hears that there was input, once, and falls silent.

It is there only for somebody who wants it and has allowed it (`permission.py`): keys are heard by an event
tap of pynput's, and one that heard the mouse alone would take whoever types for absent.  Without it the idle
counter tells all there is to tell.

While a program keeps the keys from all others, as fields for passwords do, nothing here hears them either.
Then this listener says that it is not alive, and a new one takes its place once that is over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tray_agent.platforms.macos.permission import Access, access, keys_kept, permission, request
from tray_agent.ports import Loop, Unavailable

if TYPE_CHECKING:
    from tray_agent.platforms.macos.pynput_tap import BlindTap

PATIENCE_S = 1.0

NOT_WANTED = "hearing keys is switched off; the idle counter tells of input without it"
KEPT = "a program keeps the keyboard to itself (Secure Input)"


@dataclass(eq=False, slots=True)
class Round:
    """One time of listening; `waits` until input was heard or nobody cares any more."""

    heard: Callable[[], object]
    waits: bool = True


class MacListener:
    """`Listener` by pynput's tap; `lost(reason)` is called once when its thread is gone.

    `also` is called on the loop at each input heard, for the idle counter, which learns of nothing by itself.
    Raises `Unavailable` unless the person wants the keyboard heard (`wanted`) and macOS allows it; whoever
    wants it and was never asked is asked by macOS, once.
    """

    name = "tap"
    doubt: str | None = None

    def __init__(
        self,
        loop: Loop,
        lost: Callable[[str], object],
        *,
        wanted: bool = False,
        also: Callable[[], object] = lambda: None,
    ) -> None:
        self._loop = loop
        self._lost = lost
        self._also = also
        self._closed = True
        self._round: Round | None = None
        _insist(wanted=wanted)
        self._tap = _started(self._called, self._ended)
        self._closed = False

    @property
    def permission(self) -> str:
        """What macOS must allow for it, and whether it does."""
        return permission()

    def arm(self, heard: Callable[[], object]) -> None:
        """Call `heard` once, at the next input."""
        if self._round:
            self._round.heard = heard
        elif not self._closed:
            self._round = Round(heard)
            self._tap.listen(self._round)

    def disarm(self) -> None:
        """Fall silent now, and have macOS call nobody."""
        ending, self._round = self._round, None
        if ending:
            ending.waits = False
            self._tap.listen(None)

    def alive(self) -> bool:
        """Whether the thread is there, and allowed to hear keys that nobody else keeps."""
        self.doubt = KEPT if keys_kept() else None
        return (
            not self._closed
            and self._tap.is_alive()
            and self._tap.running
            and self.doubt is None
            and access() is Access.GRANTED
        )

    def close(self) -> None:
        """End the thread and its tap; safe to call twice."""
        if not self._closed:
            self._closed = True
            self._round = None
            self._tap.finish(PATIENCE_S)

    def _called(self, of: Round) -> None:
        """On the tap's thread."""
        self._loop.call_soon(partial(self._count, of))

    def _count(self, of: Round) -> None:
        if of is self._round:
            self._round = None
            self._also()
            of.heard()

    def _ended(self, reason: str) -> None:
        self._loop.call_soon(partial(self._die, reason))

    def _die(self, reason: str) -> None:
        if not self._closed:
            self.close()
            self._lost(reason)


def _insist(*, wanted: bool) -> None:
    if not wanted:
        raise Unavailable(NOT_WANTED)
    given = access()
    if given is Access.NOT_ASKED:
        request()  # they have just switched it on, or nobody has asked them since
    if given is not Access.GRANTED:
        raise Unavailable("macOS does not let it hear keys", permission())
    if keys_kept():
        raise Unavailable(KEPT)


def _started(called: Callable[[Round], object], ended: Callable[[str], object]) -> BlindTap:
    try:
        # Imported here: pynput is heavy, and not everybody wants it.
        from tray_agent.platforms.macos.pynput_tap import BlindTap
    except ImportError as missing:
        reason = str(missing).partition("\n")[0]
        raise Unavailable(f"pynput cannot be imported: {reason}") from missing
    tap = BlindTap(called, ended)
    tap.start()
    if not tap.started.wait(PATIENCE_S):
        tap.stop()
        raise Unavailable("the listener's thread could not start")
    if not tap.running:
        raise Unavailable(tap.reason)
    return tap
