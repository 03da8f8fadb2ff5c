"""X11 panels that take icons by XEmbed: two real programs, and one that does on demand what they do rarely.

The real ones need nothing but a display; tint2 wants a window manager on it.
"""

from __future__ import annotations

import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from Xlib import X
from Xlib.display import Display
from Xlib.protocol.event import ClientMessage

from tests.support.screen import Colour
from tests.support.waiting import wait_until
from tray_agent.shell.loop import SelectorLoop

SELECTION = "_NET_SYSTEM_TRAY_S0"
TINT2RC = """
background_color = #{red:02x}{green:02x}{blue:02x} 100
panel_items = S
panel_size = 100% 40
panel_background_id = 1
panel_position = bottom center horizontal
systray_padding = 2 2 2
"""


class TrayHost:
    """`trayer` or `tint2` along the lower edge of a display, in a colour that no icon has."""

    COLOUR: Colour = (170, 51, 17)

    def __init__(self, name: str, display: str) -> None:
        self._name = name
        self._display = display
        self._folder = tempfile.TemporaryDirectory(prefix="tray-")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        self._folder.cleanup()

    def start(self) -> None:
        """Start it and wait until it takes icons."""
        self._process = subprocess.Popen(
            self._command(),
            env={"DISPLAY": self._display, "HOME": self._folder.name, "PATH": "/usr/bin:/bin"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self._up, f"{self._name} to come up")

    def kill(self) -> None:
        """End it without warning; harmless when it is down."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None
            wait_until(lambda: not self._up(), f"{self._name} to be gone")

    def _command(self) -> list[str]:
        red, green, blue = self.COLOUR
        if self._name == "tint2":
            config = Path(self._folder.name, "tint2rc")
            config.write_text(TINT2RC.format(red=red, green=green, blue=blue))
            return ["tint2", "-c", f"{config}"]
        tint = f"0x{red:02x}{green:02x}{blue:02x}"
        look = ["--transparent", "true", "--alpha", "0", "--tint", tint]
        return [
            "trayer",
            "--edge",
            "bottom",
            "--widthtype",
            "percent",
            "--width",
            "100",
            "--height",
            "40",
            *look,
        ]

    def _up(self) -> bool:
        with closing(Display(self._display)) as connection:
            return bool(connection.get_selection_owner(connection.intern_atom(SELECTION)))


class PlayedPanel:
    """A panel in the test's hands, on a loop: a bar of one colour, which does with icons as told.

    `alpha` offers icons a visual with transparency; `takes` false: it owns the selection and does nothing.
    """

    COLOUR: Colour = (40, 80, 120)
    PLACE = (100, 200)

    def __init__(
        self, loop: SelectorLoop, display: str, *, size: int = 24, alpha: bool = False, takes: bool = True
    ) -> None:
        self.icons: list[Any] = []
        self.requests = 0
        self._loop = loop
        self._size = size
        self._takes = takes
        self._display = Display(display)
        self._display.set_error_handler(lambda *_: None)
        self._root = self._display.screen().root
        self._opcode = self._display.intern_atom("_NET_SYSTEM_TRAY_OPCODE")
        self._bar = self._make_bar()
        self._owner = self._root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        if alpha:
            name, kind = (self._display.intern_atom(atom) for atom in ("_NET_SYSTEM_TRAY_VISUAL", "VISUALID"))
            self._owner.change_property(name, kind, 32, [self._alpha_visual()])
        loop.watch(self._display.fileno(), self._read)
        self.announce()

    def announce(self) -> None:
        """Own the selection and say so, as a panel does when it starts."""
        selection = self._display.intern_atom(SELECTION)
        self._owner.set_selection_owner(selection, X.CurrentTime)
        manager = self._display.intern_atom("MANAGER")
        data = (32, [X.CurrentTime, selection, self._owner.id, 0, 0])
        message = ClientMessage(window=self._root, client_type=manager, data=data)
        self._root.send_event(message, event_mask=X.StructureNotifyMask)
        self._sync()

    def resize(self, width: int, height: int) -> None:
        """Give the newest icon another size."""
        self.icons[-1].configure(width=width, height=height)
        self._sync()

    def eject(self) -> None:
        """Put the newest icon out on the desktop, as the server does for a dead panel."""
        self.icons[-1].reparent(self._root, 0, 0)
        self._sync()

    def hide(self) -> None:
        """Unmap the newest icon, as behind an arrow."""
        self.icons[-1].unmap()
        self._sync()

    def text(self, name: str, encoding: str = "utf-8") -> str:
        """A property of the newest icon, as a text."""
        found = self.icons[-1].get_full_property(self._display.intern_atom(name), X.AnyPropertyType)
        value = found.value
        self._sync()
        return value.decode(encoding) if isinstance(value, bytes) else str(value)

    def numbers(self, name: str) -> list[int]:
        """A property of the newest icon, as numbers."""
        found = self.icons[-1].get_full_property(self._display.intern_atom(name), X.AnyPropertyType)
        self._sync()
        return list(found.value)

    def shown(self) -> list[Any]:
        """The icons that are in the bar now."""
        children = list(self._bar.query_tree().children)
        self._sync()
        return children

    def leave(self) -> None:
        """End, with all windows; safe to call twice."""
        if self._display is not None:
            self._loop.unwatch(self._display.fileno())
            self._display.close()
            self._display = None

    def _make_bar(self) -> Any:
        red, green, blue = self.COLOUR
        bar = self._root.create_window(
            *self.PLACE,
            200,
            self._size,
            0,
            X.CopyFromParent,
            background_pixel=red << 16 | green << 8 | blue,
            override_redirect=True,
        )
        bar.map()
        return bar

    def _alpha_visual(self) -> int:
        depths = self._display.screen().allowed_depths
        (visuals,) = (depth.visuals for depth in depths if depth.depth == 32)
        return int(visuals[0].visual_id)

    def _sync(self) -> None:
        self._display.sync()
        # What came in meanwhile leaves nothing to read on the descriptor.
        self._loop.call_soon(self._read)

    def _read(self) -> None:
        while self._display is not None and self._display.pending_events():
            event = self._display.next_event()
            if event.type == X.ClientMessage and event.client_type == self._opcode:
                self.requests += 1
                if self._takes:
                    self._take(event.data[1][2])

    def _take(self, number: int) -> None:
        icon = self._display.create_resource_object("window", number)
        icon.reparent(self._bar, 0, 0)
        icon.configure(width=self._size, height=self._size)
        icon.map()
        self.icons.append(icon)
        self._display.flush()
