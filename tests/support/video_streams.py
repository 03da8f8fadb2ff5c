"""Pictures that really flow through PipeWire: made by GStreamer or a compositor, taken by GStreamer."""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from jeepney import DBusAddress, HeaderFields, MatchRule, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection

from tests.support.waiting import wait_until
from tests.support.wayland_input import Client

PLUGINS = ("coreelements", "pipewire", "videotestsrc")
SMALL = "video/x-raw,width=64,height=48,framerate=5/1"
TRIES = 4
MUTTER = "org.gnome.Mutter.ScreenCast"


class VideoStreams:
    """Programs at the PipeWire that `env` leads to; `folder` is theirs."""

    def __init__(self, env: Mapping[str, str], folder: Path) -> None:
        plugins = folder / "plugins"
        plugins.mkdir()
        installed = next(Path("/usr/lib").glob("*/gstreamer-1.0"))
        for name in PLUGINS:  # with all of them it would look through hundreds before it begins
            (plugins / f"libgst{name}.so").symlink_to(installed / f"libgst{name}.so")
        self._env = dict(env) | {
            "GST_PLUGIN_SYSTEM_PATH_1_0": f"{plugins}",
            "GST_REGISTRY": f"{folder}/registry",
            "GST_REGISTRY_FORK": "no",
        }

    @contextmanager
    def source(self, name: str, **properties: str) -> Iterator[str]:
        """A node that gives pictures to whoever takes them; `_` in a property's key stands for a dot."""
        own = {"node_name": name} | properties
        props = ",".join(["props", *(f"{key.replace('_', '.')}={value}" for key, value in own.items())])
        sink = ("pipewiresink", "mode=provide", f"stream-properties={props}")
        with self._pipeline("videotestsrc", "is-live=true", "!", SMALL, "!", *sink):
            wait_until(lambda: f"{name}:" in self._says("pw-link", "-o"), f"the node {name}")
            yield f"target-object={name}"

    @contextmanager
    def taken(self, source: str) -> Iterator[None]:
        """Somebody takes pictures from a source, given as `source` and the screencasts name it."""
        before = self._links()
        with ExitStack() as taker:
            for _ in range(TRIES):
                taker.enter_context(
                    self._pipeline("pipewiresrc", source, "!", "video/x-raw", "!", "fakesink")
                )
                try:
                    wait_until(lambda: self._links() > before, "a link", 3)
                    break
                except TimeoutError:  # the session manager turns away who comes before it knows the source
                    taker.close()
            yield

    def _links(self) -> int:
        return self._says("pw-link", "-l").count("|<-")

    def _says(self, *command: str) -> str:
        return subprocess.run(
            command, env=self._env, capture_output=True, text=True, check=False, timeout=20
        ).stdout

    @contextmanager
    def _pipeline(self, *words: str) -> Iterator[None]:
        null = subprocess.DEVNULL
        command = ("gst-launch-1.0", "-q", *words)
        process = subprocess.Popen(command, env=self._env, stdin=null, stdout=null)
        try:
            yield
        finally:
            process.kill()
            process.wait(10)


@contextmanager
def mutter_screencast(env: Mapping[str, str]) -> Iterator[str]:
    """Mutter offers its monitor as a stream, as it does for the portal and for GNOME's recorder."""
    with open_dbus_connection(env["DBUS_SESSION_BUS_ADDRESS"]) as bus:

        def call(path: str, interface: str, member: str, signature: str = "", *body: object) -> str:
            address = DBusAddress(path, MUTTER, f"{MUTTER}{interface}")
            reply = bus.send_and_get_reply(new_method_call(address, member, signature, body), timeout=20)
            assert reply.header.message_type.name == "method_return", reply.body
            return str(reply.body[0]) if reply.body else ""

        rule = MatchRule(type="signal", member="PipeWireStreamAdded")
        bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=20)
        with bus.filter(rule) as added:
            session = call("/org/gnome/Mutter/ScreenCast", "", "CreateSession", "a{sv}", {})
            call(session, ".Session", "RecordMonitor", "sa{sv}", "", {})
            call(session, ".Session", "Start")
            signal = bus.recv_until_filtered(added, timeout=20)
        assert signal.header.fields[HeaderFields.interface] == f"{MUTTER}.Stream"
        yield f"path={signal.body[0]}"


class _KWinCaster(Client):
    """Speaks zkde_screencast_unstable_v1 (KDE), as the portal of KDE and its recorder do."""

    def cast(self) -> int:
        """Have the first output offered; the number of its node."""
        output, manager = self.bind("wl_output"), self.bind("zkde_screencast_unstable_v1")
        stream, hidden_pointer = next(self._ids), 1
        self.send(manager, 0, struct.pack("=III", stream, output, hidden_pointer))
        while True:
            thing, word = struct.unpack("=II", self._take(8))
            body = self._take((word >> 16) - 8)
            if thing == stream:
                created = word & 0xFFFF == 1
                assert created, body
                return int(struct.unpack("=I", body)[0])


@contextmanager
def kwin_screencast(env: Mapping[str, str]) -> Iterator[str]:
    """KWin offers its output as a stream."""
    with closing(_KWinCaster(env)) as caster:
        yield f"path={caster.cast()}"
