"""The machine something was measured on, in a few words."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from pathlib import Path

from tests.benchmarks.installed import VENV


def machine() -> str:
    """Processors, memory, system, and the Python of the agent."""
    model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = re.search(r"^MemTotal: +(\d+)", Path("/proc/meminfo").read_text(), re.MULTILINE)
    gib = f"{int(memory[1]) / 2**20:.0f} GiB" if memory else "memory unknown"
    said = subprocess.run(
        [VENV / "bin" / "python", "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    release = platform.freedesktop_os_release()["PRETTY_NAME"]
    kernel = platform.release().partition("-")[0]
    parts = [f"{os.cpu_count()} x {model[1] if model else platform.machine()}", gib, release]
    return ", ".join([*parts, f"Linux {kernel}", said])
