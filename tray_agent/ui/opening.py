"""How every window comes and goes: the brief is read, the application started, the window shown.

In: the brief as the first line, later messages for the window; `{"do": "close"}` or the end of
input means leave, `{"do": "unseen"}` that others may be shown the screen from now on; a message may
hold an `activation`, without which Wayland lets no window come to the front.  Out:
`{"event": "ready"}` once it has painted, then what the window has to say, `{"event": "ended"}` last.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from tray_agent.ui import application
from tray_agent.ui.incoming import Appearance, read
from tray_agent.ui.lines import Lines

Say = Callable[[dict[str, Any]], object]


class Spoken(Protocol):
    """What every brief has: how to look, and words in the person's language."""

    @property
    def appearance(self) -> Appearance:
        """How the person wants windows to look."""

    @property
    def unseen(self) -> bool:
        """Whether others may be shown the screen, and shall not see the window there."""

    @property
    def title(self) -> str:
        """The words whose writing direction the window takes."""


class Window(Protocol):
    """What can be opened."""

    def appear(self) -> None:
        """Show yourself."""

    def told(self, message: dict[str, Any]) -> None:
        """Take a later message of the agent's."""

    def leave(self) -> None:
        """Close; say the last word; end the application."""


B = TypeVar("B", bound=Spoken)


def run(name: str, kind: type[B], make: Callable[[B, Say], Window]) -> int:
    """Live until the window `name` is closed; returns the exit status, 2 when the brief is bad."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the agent's to handle
    lines = Lines.of_this_process()
    line = lines.first()
    if line is None:
        return 0
    try:
        brief = read(line, kind)
    except ValueError as error:
        print(f"{name} window: {error}", file=sys.stderr)
        return 2
    app = application.start(brief.title, brief.appearance)
    if brief.unseen:
        _be_unseen()
    window = make(brief, lines.say)
    lines.heard.connect(lambda message: _pass_on(window, message))
    lines.ended.connect(window.leave)
    lines.follow()
    window.appear()
    return app.exec()


def _pass_on(window: Window, message: dict[str, Any]) -> None:
    token = message.pop("activation", None)
    if token is not None:
        application.allow_activation(token)
    match message.get("do"):
        case "close":
            window.leave()
        case "unseen":
            _be_unseen()
        case _:
            window.told(message)


def _be_unseen() -> None:
    from tray_agent.ui.unseen import Unseen  # rarely wanted

    Unseen(application.running())
