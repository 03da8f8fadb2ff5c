"""Leave to take the focus under Wayland, handed on from a click to the window that it opens.

Nobody there may take the focus unasked.  Whoever was clicked on, such as a panel, a notification
service or a launcher, gets a token from the compositor (xdg-activation-v1) and passes it on:
panels by `ProvideXdgActivationToken`, notification services by their signal `ActivationToken`,
launchers by the variable XDG_ACTIVATION_TOKEN.
"""

from __future__ import annotations

import time

GOOD_FOR_S = 5.0
"""A window that is asked for comes at once; one that comes later was not asked for by that click."""

LONGEST = 256
"""Tokens of all compositors are far shorter; this one becomes a process's variable."""


class ActivationToken:
    """Keeps the last token for a moment, for one window."""

    def __init__(self) -> None:
        self._token: str | None = None
        self._good_until = 0.0

    def keep(self, token: str | None) -> None:
        """The person has clicked, or with None has not."""
        fit = token is not None and 0 < len(token) <= LONGEST and token.isprintable()
        self._token = token if fit else None
        self._good_until = time.monotonic() + GOOD_FOR_S

    def take(self) -> str | None:
        """The token for the window that opens now; None where nobody has just asked for one."""
        token, self._token = self._token, None
        return token if time.monotonic() < self._good_until else None
