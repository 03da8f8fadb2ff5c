"""Sound servers of a test's own: a real PulseAudio, and a real PipeWire with its session manager.

Both have one speaker and one microphone, which play and record silence, and live in a runtime
folder of their own unless given the environment of a desktop that is there already.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.waiting import wait_until

PULSE_SCRIPT = """load-module module-null-sink sink_name=speaker
load-module module-null-source source_name=mic
load-module module-native-protocol-unix
"""
DEVICE = "factory = adapter args = {{ factory.name = support.null-audio-sink object.linger = true {what} }}"
SPEAKER = DEVICE.format(what="node.name = speaker media.class = Audio/Sink audio.position = [ FL FR ]")
MICROPHONE = DEVICE.format(
    what="node.name = mic media.class = Audio/Source/Virtual audio.position = [ MONO ]"
)
DEVICES = f"context.objects = [ {{ {SPEAKER} }} {{ {MICROPHONE} }} ]\n"
NO_HARDWARE = "alsa_monitor.enabled = false\nlibcamera_monitor.enabled = false\n"
NO_PORTAL = 'default_access.properties["enable-flatpak-portal"] = false\n'
NO_BLUETOOTH = "bluez_monitor.enabled = false\n"

NOBODY = 65534
AS_NOBODY = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")

NOT_OURS = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")


class SoundServer:
    """A server that exists inside `with`; `env` is the environment of its clients.

    `env` given: that of a desktop, whose XDG_RUNTIME_DIR becomes the place of the server's doors
    and whose bus, if it has one, is used.
    """

    def __init__(self, env: Mapping[str, str] | None = None) -> None:
        # Socket paths have to be short, so this is not the test's own long-named folder.
        self.folder = Path(tempfile.mkdtemp(prefix="sound-"))
        given = {key: value for key, value in os.environ.items() if key not in NOT_OURS}
        given |= {"XDG_RUNTIME_DIR": f"{self.folder}/run"} | dict(env or {})
        kept = {key: value for key, value in given.items() if not key.startswith(("PULSE_", "PIPEWIRE_"))}
        self.env = kept | {
            "HOME": f"{self.folder}/home",
            "XDG_CONFIG_HOME": f"{self.folder}/config",
            "XDG_STATE_HOME": f"{self.folder}/state",
        }
        self.runtime = Path(self.env["XDG_RUNTIME_DIR"])
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        for folder in (self.runtime, Path(self.env["HOME"])):
            folder.mkdir(mode=0o700, exist_ok=True)
        self.configure()
        try:
            self.start()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        shutil.rmtree(self.folder)

    @property
    def door(self) -> Path:
        """The socket where PulseAudio's protocol is spoken."""
        return self.runtime / "pulse" / "native"

    def configure(self) -> None:
        """Write what the server reads at its start."""
        raise NotImplementedError

    def start(self) -> None:
        """Start the server and wait until a client sees both devices."""
        raise NotImplementedError

    def kill(self) -> None:
        """End the server without warning, with its doors; harmless when it is down."""
        while self._processes:
            process = self._processes.pop()
            process.kill()
            process.wait(10)
        self.door.unlink(missing_ok=True)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """The server is alive but does nothing, as on a machine that swaps."""
        for process in self._processes:
            process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            for process in self._processes:
                process.send_signal(signal.SIGCONT)

    def control(self, *words: str) -> str:
        """What `pactl` answers to these words; raises `CalledProcessError` when it refuses."""
        env = self.env | {"PULSE_SERVER": f"unix:{self.door}"}
        done = subprocess.run(
            ("pactl", *words), env=env, capture_output=True, text=True, check=True, timeout=20
        )
        return done.stdout

    @contextmanager
    def client(self, *command: str) -> Iterator[subprocess.Popen[bytes]]:
        """A program that uses the server, such as `parec`, while the `with` lasts."""
        null = subprocess.DEVNULL
        process = subprocess.Popen(command, env=self.env, stdin=null, stdout=null, stderr=null)
        try:
            yield process
        finally:
            process.kill()
            process.wait(10)

    def _run(self, *command: str, ready: Callable[[], object]) -> None:
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                command,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._processes.append(process)
        wait_until(lambda: ready() or process.poll() is not None, f"{command[0]} to come up", 20)
        if process.poll() is not None:
            raise RuntimeError(f"{command[0]} ended: {(self.folder / 'log').read_text()}")

    def _has_devices(self) -> bool:
        try:
            return all(
                name in self.control("list", "short", kind).split()
                for kind, name in (("sources", "mic"), ("sinks", "speaker"))
            )
        except subprocess.CalledProcessError:
            return False


class PulseAudio(SoundServer):
    """PulseAudio; `of_another_user` where we are root, who may start one: it then wants its cookie."""

    def __init__(self, env: Mapping[str, str] | None = None, *, of_another_user: bool = False) -> None:
        super().__init__(env)
        self._another = of_another_user and os.geteuid() == 0

    def configure(self) -> None:
        """Two devices and a door."""
        (self.folder / "script.pa").write_text(PULSE_SCRIPT)
        if self._another:
            for path in (self.folder, *self.folder.iterdir()):
                os.chown(path, NOBODY, NOBODY)

    def start(self) -> None:
        """Start it, or start it again after `kill`."""
        as_whom = AS_NOBODY if self._another else ()
        command = [*as_whom, "pulseaudio", "-n", "-F", f"{self.folder}/script.pa", "--daemonize=no"]
        command += ["--exit-idle-time=-1", "--use-pid-file=no", "--realtime=no", "--high-priority=no"]
        self._run(*command, "--log-target=stderr", ready=self._has_devices)


class PipeWire(SoundServer):
    """PipeWire with WirePlumber and, unless `pulse` is False, its server of PulseAudio's protocol."""

    def __init__(self, env: Mapping[str, str] | None = None, *, pulse: bool = True) -> None:
        super().__init__(env)
        self._pulse = pulse

    @property
    def own_door(self) -> Path:
        """The socket where PipeWire's own protocol is spoken."""
        return self.runtime / "pipewire-0"

    def configure(self) -> None:
        """Two devices, no hardware; the portal's rules only where there is a bus to ask it."""
        config = Path(self.env["XDG_CONFIG_HOME"])
        portal = "" if "DBUS_SESSION_BUS_ADDRESS" in self.env else NO_PORTAL
        for name, text in (
            ("pipewire/pipewire.conf.d/devices.conf", DEVICES),
            ("wireplumber/main.lua.d/60-test.lua", NO_HARDWARE + portal),
            ("wireplumber/bluetooth.lua.d/60-test.lua", NO_BLUETOOTH),
        ):
            path = config / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def start(self) -> None:
        """Start all of it, or start it again after `kill`."""
        self._run("pipewire", ready=self.own_door.exists)
        self._run("wireplumber", ready=self._is_managed)
        if self._pulse:
            self._run("pipewire-pulse", ready=self._has_devices)

    def kill(self) -> None:
        """End all of it without warning; harmless when it is down."""
        super().kill()
        for left in (self.own_door, self.runtime / "pipewire-0.lock"):
            left.unlink(missing_ok=True)

    def _is_managed(self) -> bool:
        """Whether the session manager has set the devices up, so that streams find their way."""
        listed = subprocess.run(
            ("pw-cli", "ls", "Port"), env=self.env, capture_output=True, text=True, check=False, timeout=20
        )
        return "monitor_FL" in listed.stdout and "capture_MONO" in listed.stdout


SERVERS: dict[str, Callable[[], SoundServer]] = {"PulseAudio": PulseAudio, "PipeWire": PipeWire}
"""Both, for tests that have to pass on each."""
