"""The content-blind listener on macOS: it hears that there was input, once, and falls silent.

It is there only for somebody who wants it and has allowed it (`permission.py`): keys are heard by an event
tap of pynput's, and one that heard the mouse alone would take whoever types for absent.  Without it the idle
counter tells all there is to tell.

While a program keeps the keys from all others, as fields for passwords do, nothing here hears them either.
Then this listener says that it is not alive, and a new one takes its place once that is over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tray_agent.platforms.macos.permission import Access, access, keys_kept, permission, request
from tray_agent.platforms.once_listener import OnceListener, Round
from tray_agent.ports import Loop, Unavailable

if TYPE_CHECKING:
    from tray_agent.platforms.macos.pynput_tap import BlindTap

NOT_WANTED = "hearing keys is switched off; the idle counter tells of input without it"
KEPT = "a program keeps the keyboard to itself (Secure Input)"


class MacListener(OnceListener[Round, "BlindTap"]):
    """`Listener` by pynput's tap; `lost(reason)` is called once when its thread is gone.

    `also` is called on the loop at each input heard, for the idle counter, which learns of nothing by itself.
    Raises `Unavailable` unless the person wants the keyboard heard (`wanted`) and macOS allows it; whoever
    wants it and was never asked is asked by macOS, once.
    """

    name = "tap"

    def __init__(
        self,
        loop: Loop,
        lost: Callable[[str], object],
        *,
        wanted: bool = False,
        also: Callable[[], object] = lambda: None,
    ) -> None:
        _insist(wanted=wanted)
        super().__init__(loop, lost, also, Round, _tap)

    @property
    def permission(self) -> str:
        """What macOS must allow for it, and whether it does."""
        return permission()

    def alive(self) -> bool:
        """Whether the thread is there, and allowed to hear keys that nobody else keeps."""
        self.doubt = KEPT if keys_kept() else None
        return (
            not self._closed
            and self._ears.is_alive()
            and self._ears.running
            and self.doubt is None
            and access() is Access.GRANTED
        )


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


def _tap(called: Callable[[Round], object], ended: Callable[[str], object]) -> BlindTap:
    # Imported here: pynput is heavy, and not everybody wants it.
    from tray_agent.platforms.macos.pynput_tap import BlindTap

    return BlindTap(called, ended)
