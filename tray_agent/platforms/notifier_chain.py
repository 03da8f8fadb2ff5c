"""Notes by the desktop's own service where there is one, by the last resort where there is none.

Each note is offered to the service first, so that it takes over again as soon as it is back.
"""

from __future__ import annotations

from collections.abc import Callable

from tray_agent.ports import Health, Note, Notifier, State


class NotifierChain:
    """A notifier of two links, each handed over as the call that makes it.

    `native` is given a call for notes that no service took; `last_resort` is made when one comes in.
    """

    def __init__(
        self,
        native: Callable[[Callable[[Note], object]], Notifier],
        last_resort: Callable[[], Notifier],
    ) -> None:
        self._native = native(self._refused)
        self._make_last_resort = last_resort
        self._last_resort: Notifier | None = None

    def show(self, note: Note) -> None:
        """Show the note, one way or the other."""
        self._native.show(note)

    def withdraw(self) -> None:
        """Take the note away, as far as it can be."""
        self._native.withdraw()
        if self._last_resort is not None:
            self._last_resort.withdraw()

    def health(self) -> Health:
        """The native service when it is well, else the one that steps in for it."""
        native = self._native.health()
        if native.state is State.OK or self._last_resort is None:
            return native
        return self._last_resort.health()

    def close(self) -> None:
        """Withdraw and let go of both."""
        self._native.close()
        if self._last_resort is not None:
            self._last_resort.close()

    def _refused(self, note: Note) -> None:
        if self._last_resort is None:
            self._last_resort = self._make_last_resort()
        self._last_resort.show(note)
