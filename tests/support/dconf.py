"""GSettings as a person has them: a real dconf-service on a bus and a folder of the test's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.session_programs import program, run

SERVICE = "/usr/libexec/dconf-service"


class Settings:
    """What the person has set; `env` leads to it."""

    def __init__(self, address: str, folder: Path) -> None:
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
        self.env = inherited | {
            "DBUS_SESSION_BUS_ADDRESS": address,
            "GSETTINGS_BACKEND": "dconf",
            "HOME": f"{folder}",
            "XDG_CONFIG_HOME": f"{folder}/config",
            "XDG_RUNTIME_DIR": f"{folder}",
        }

    def set(self, schema: str, key: str, value: bool) -> None:
        """Flip the switch, as a settings window does."""
        run(["gsettings", "set", schema, key, "true" if value else "false"], self.env)

    def reset(self, schema: str) -> None:
        """Take back all that was ever set there, in one change."""
        run(["gsettings", "reset-recursively", schema], self.env)


@contextmanager
def settings(address: str, folder: Path) -> Iterator[Settings]:
    """The person's settings on the bus at `address`, kept in `folder`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = Settings(address, folder)
    with program([SERVICE], kept.env, "ca.desrt.dconf"):
        yield kept
