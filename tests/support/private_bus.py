"""A message bus of a test's own: a real dbus-daemon that can die and come back at the same address."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.waiting import wait_until

CONFIG = """<busconfig><type>session</type><keep_umask/><listen>{address}</listen>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/>{more}
</policy></busconfig>"""


class PrivateBus:
    """A bus that exists inside `with`; `policy` is what its configuration says on top of allowing all."""

    def __init__(self, policy: str = "") -> None:
        # Socket paths have to be short, so this is not the test's own long-named folder.
        self._folder = Path(tempfile.mkdtemp(prefix="bus-"))
        self._door = self._folder / "bus"
        self.address = f"unix:path={self._door}"
        self._config = self._folder / "bus.conf"
        self._config.write_text(CONFIG.format(address=self.address, more=policy))
        self._daemon: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        shutil.rmtree(self._folder)

    @property
    def pid(self) -> int:
        """The daemon's process."""
        assert self._daemon is not None
        return self._daemon.pid

    def start(self) -> None:
        """Start the daemon and wait until it listens."""
        self._daemon = subprocess.Popen(
            ["dbus-daemon", "--nofork", "--nopidfile", f"--config-file={self._config}"]
        )
        wait_until(self._listens, "the bus to listen")

    def _listens(self) -> bool:
        # The door is there a moment before anybody opens.
        with closing(socket.socket(socket.AF_UNIX)) as caller:
            return caller.connect_ex(f"{self._door}") == 0

    def kill(self) -> None:
        """End the daemon without warning; harmless when it is down."""
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait(10)
            self._daemon = None
            self._door.unlink(missing_ok=True)
