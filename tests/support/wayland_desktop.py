"""A virtual Wayland desktop: sway without a screen, two private buses, waybar with a tray, and mako.

All of it is real.  Its person points and types through the compositor's virtual devices, and where a
window or an icon is on the screen is found on grim's pictures or by what sway says of its windows.
"""

from __future__ import annotations

import json
import struct
import subprocess
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, new_method_call
from PIL import Image, ImageChops

from tests.support.compositors import Sway
from tests.support.desktop import NOTES, WATCHER, Desktop
from tests.support.screen import Box, Colour, centre
from tests.support.waiting import wait_until
from tests.support.wayland_input import Client, WlrootsHands, answers

MAKO = DBusAddress("/fr/emersion/Mako", NOTES.bus_name, "fr.emersion.Mako")
LEFT_BUTTON, RIGHT_BUTTON = 0x110, 0x111
"""In <linux/input-event-codes.h>."""

WIDTH, HEIGHT = 1280, 800
BAR_HEIGHT = 34
BAR = {
    "layer": "top",
    "position": "bottom",
    "height": BAR_HEIGHT,
    "modules-left": ["clock"],
    "modules-right": ["tray"],
    "clock": {"format": "09:41"},
    "tray": {"icon-size": 22, "spacing": 8},
}
BAR_COLOUR = (0x20, 0x28, 0x30)
BAR_STYLE = "window#waybar {background: #202830; color: white} #tray, #clock {padding: 0 8px}"
NOTE_COLOUR = (0x28, 0x55, 0x77)
MAKO_STYLE = "default-timeout=0\nwidth=380\nheight=140\nfont=sans-serif 11\nbackground-color=#285577\n"


@dataclass(frozen=True, slots=True)
class SwayWindow:
    """A window as sway knows it; `output` is the screen it is on."""

    title: str
    app: str
    pid: int
    native: bool
    output: str
    box: Box
    full_screen: bool
    focused: bool


class Mouse:
    """The person's mouse: zwlr_virtual_pointer_v1, over a desktop of this many outputs in a row."""

    def __init__(self, env: dict[str, str], outputs: int) -> None:
        self._client = Client(env)
        manager = self._client.bind("zwlr_virtual_pointer_manager_v1")
        self._pointer = self._client.make(manager, 0, struct.pack("=I", 0))
        self._extent = WIDTH * outputs, HEIGHT

    def point(self, x: int, y: int) -> None:
        """Put the pointer there, on the axes of a picture of all outputs."""
        self._send(1, struct.pack("=5I", 0, x, y, *self._extent))

    def click(self, x: int, y: int, button: int = LEFT_BUTTON) -> None:
        """Point and click."""
        self.point(x - 2, y)
        self.point(x, y)
        for pressed in (1, 0):
            self._send(2, struct.pack("=3I", 0, button, pressed))

    def leave(self) -> None:
        """Unplug it."""
        self._client.close()

    def _send(self, opcode: int, body: bytes) -> None:
        self._client.send(self._pointer, opcode, body)
        self._client.send(self._pointer, 4)  # the end of what belongs together
        self._client.settle()


class WaylandDesktop(Desktop):
    """A Wayland desktop that exists inside `with`.

    `without` names the parts that stay down at first: `panel` (waybar) or `mako`; `config` is added
    to sway's configuration.  Nothing in `env` leads to an X server.
    """

    def __init__(self, *, outputs: int = 1, config: str = "", without: Collection[str] = ()) -> None:
        super().__init__(without=without)
        self.outputs = outputs
        self.sway = Sway(outputs, config)
        bar, style = self.folder / "waybar.json", self.folder / "waybar.css"
        self._parts: dict[str, tuple[list[str], Callable[[], bool]]] = {
            "panel": (
                ["waybar", "-c", f"{bar}", "-s", f"{style}"],
                lambda: self.name_owned(WATCHER.bus_name),
            ),
            "mako": (["mako", "-c", f"{self.folder}/mako"], lambda: self.name_owned(NOTES.bus_name)),
        }
        self._mouse: Mouse | None = None

    @property
    def mouse(self) -> Mouse:
        """The mouse, plugged in when it is first touched."""
        if self._mouse is None:
            self._mouse = Mouse(self.sway.env, self.outputs)
        return self._mouse

    @contextmanager
    def at_work(self, every_s: float = 0.2) -> Iterator[None]:
        """Somebody moves a mouse of their own for as long as the `with` lasts."""
        away = threading.Event()

        def work() -> None:
            hands = WlrootsHands(self.sway.env)
            while not away.wait(every_s):
                hands.move()
            hands.leave()

        worker = threading.Thread(target=work, name="person")
        worker.start()
        try:
            yield
        finally:
            away.set()
            worker.join(10)

    def type(self, *keys: str) -> None:
        """Press and release keys by what wtype calls them, such as `Escape`; a lone letter is one too."""
        self.keys(*(word for key in keys for word in ("-k", key)))

    def keys(self, *words: str) -> None:
        """A virtual keyboard's work in wtype's words, such as `-P Escape -s 2500 -p Escape`."""
        subprocess.run(["wtype", *words], env=self.env, check=True, timeout=20)

    def picture(self) -> Image.Image:
        """All outputs side by side.

        An output without a screen may show what was there before, until the pointer moves on it.
        """
        path = self.folder / "seen.png"
        self.sway.screenshot(path)
        with Image.open(path) as picture:
            return picture.convert("RGB")

    def screenshot(self, path: Path) -> Path:
        """Save all outputs as a PNG file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.picture().save(path)
        return path

    def place_of(self, colour: Colour) -> Box | None:
        """The smallest box around all pixels of this very colour."""
        picture = self.picture()
        red, green, blue = ImageChops.difference(picture, Image.new("RGB", picture.size, colour)).split()
        furthest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        return furthest.point(lambda distance: 255 * (distance == 0)).getbbox()

    def windows(self) -> list[SwayWindow]:
        """The windows that are there, oldest first on each output."""
        return list(_windows(json.loads(self.sway.message("-t", "get_tree", "-r"))))

    def window(self, title: str, timeout_s: float = 10.0) -> SwayWindow:
        """The window of this title, awaited."""
        found: list[SwayWindow] = []

        def seen() -> bool:
            found.extend(each for each in self.windows() if each.title == title)
            return bool(found)

        wait_until(seen, f"the window {title!r}", timeout_s)
        return found[-1]

    def notes(self) -> list[dict[str, Any]]:
        """The notifications on the screen, as mako tells of them."""
        ((_kind, listed),) = (("aa{sv}", self.call(new_method_call(MAKO, "ListNotifications"))[0]),)
        return [{name: value for name, (_type, value) in each.items()} for each in listed]

    def note(self) -> tuple[int, int]:
        """Where to click on the note, once it is drawn."""
        found: list[Box] = []

        def seen() -> bool:
            box = self.place_of(NOTE_COLOUR)
            found.extend([box] if box else [])
            return bool(found)

        wait_until(seen, "the note on the screen")
        return centre(found[0])

    def notes_shown(self) -> int:
        """How many notifications are on the screen."""
        return len(self.notes())

    def press(self, key: str) -> None:
        """Answer the note on the screen with `key`, as `makoctl invoke` and `makoctl menu` do."""
        (note,) = self.notes()
        self.call(new_method_call(MAKO, "InvokeAction", "us", (note["id"], key)))

    def dismiss_all(self) -> None:
        """Take away every note."""
        self.call(new_method_call(MAKO, "DismissAllNotifications"))

    def keep_evidence(self, folder: Path) -> None:
        """Save a screenshot and every log in `folder`, for whoever asks why a test failed."""
        super().keep_evidence(folder)
        if answers(self.sway.env):
            self.screenshot(folder / "screen.png")

    def start_compositor(self) -> None:
        """Bring sway back after its death; panel and notification service have died with it."""
        self.sway.start()
        for name in self._parts.keys() & self._running.keys():
            self._running.pop(name).wait(10)
            self.start(name)

    def kill_compositor(self) -> None:
        """End sway without warning."""
        if self._mouse is not None:
            self._mouse.leave()
            self._mouse = None
        self.sway.kill()

    def close(self) -> None:
        """End every process started here and remove the folders; safe to call twice."""
        if self._mouse is not None:
            self._mouse.leave()
            self._mouse = None
        super().close()
        self.sway.__exit__(None, None, None)

    def _environment(self) -> dict[str, str]:
        return {**super()._environment(), "XDG_SESSION_TYPE": "wayland", "XDG_CURRENT_DESKTOP": "sway"}

    def _lay_out(self) -> None:
        super()._lay_out()
        (self.folder / "waybar.json").write_text(json.dumps(BAR))
        (self.folder / "waybar.css").write_text(BAR_STYLE)
        (self.folder / "mako").write_text(MAKO_STYLE)

    def _start_display(self) -> None:
        self.sway.__enter__()
        for name in ("XDG_RUNTIME_DIR", "WAYLAND_DISPLAY", "SWAYSOCK"):
            self.env[name] = self.sway.env[name]


def _windows(node: dict[str, Any], output: str = "") -> Iterator[SwayWindow]:
    output = node["name"] if node["type"] == "output" else output
    if node.get("pid"):
        at = node["rect"]
        box = (at["x"], at["y"], at["x"] + at["width"], at["y"] + at["height"])
        yield SwayWindow(
            node["name"],
            node.get("app_id") or "",
            node["pid"],
            node["shell"] == "xdg_shell",
            output,
            box,
            node["fullscreen_mode"] > 0,
            node["focused"],
        )
    for inner in (*node["nodes"], *node["floating_nodes"]):
        yield from _windows(inner, output)
