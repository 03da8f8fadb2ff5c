"""Writes what packages for Linux install beside the program: the menu entry and the service.

Both are drawn up by the agent's own code, which writes the same where no package did.  Run it after
a change there or to a translation; a test compares its output with the committed files.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from tray_agent.platforms.linux import desktop_entry, launcher, systemd_unit  # noqa: E402
from tray_agent.platforms.own_command import AT_LOGIN  # noqa: E402

PROGRAM = "/usr/bin/tray-agent"


def outputs() -> dict[Path, str]:
    """Every generated file with its text."""
    return {
        HERE / desktop_entry.FILE: launcher.text([Path(PROGRAM).name], desktop_entry.APP),
        HERE / systemd_unit.UNIT: systemd_unit.text([PROGRAM, *AT_LOGIN]),
    }


if __name__ == "__main__":
    for path, text in outputs().items():
        path.write_text(text, "utf-8")
