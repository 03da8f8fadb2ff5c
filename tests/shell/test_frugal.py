"""In a Python of its own each time, since what this one has loaded says nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOAD = """
import sys
from tray_agent.shell import frugal

for library in ("msgspec", "apscheduler.schedulers.base"):
    frugal.load(library)
"""


def python(code: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_nothing_that_could_reach_a_network_stays_loaded() -> None:
    loaded = python(LOAD + "print(*sys.modules)")
    assert {"apscheduler.schedulers.base", "msgspec"} <= set(loaded)
    assert not {"asyncio", "_asyncio", "ssl", "_ssl", "bz2", "lzma", "typing_extensions"} & set(loaded)


def test_what_was_spared_is_there_for_whoever_asks() -> None:
    asked = (
        "import asyncio, bz2, lzma, ssl, typing_extensions\n"
        "async def three(): return 3\n"
        "print(asyncio.run(three()), asyncio.iscoroutinefunction(three), ssl.OPENSSL_VERSION_NUMBER > 0)"
    )
    assert python(LOAD + asked) == ["3", "True", "True"]


def test_apscheduler_still_tells_a_coroutine() -> None:
    asked = (
        "from apscheduler.util import iscoroutinefunction\n"
        "async def three(): return 3\n"
        "print(iscoroutinefunction(three), iscoroutinefunction(print))"
    )
    assert python(LOAD + asked) == ["True", "False"]


@pytest.mark.parametrize("module", ["asyncio", "asyncio.events", "ssl"])
def test_what_was_there_before_stays(module: str) -> None:
    asked = f"import {module}, sys\nbefore = sys.modules['{module}']\n"
    assert python(asked + LOAD + f"print(sys.modules['{module}'] is before)") == ["True"]
