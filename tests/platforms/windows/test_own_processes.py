"""Real processes: our own, our children and theirs, and one that an ended process left behind."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.support.waiting import wait_until
from tests.support.win32_windows import another_program
from tray_agent.platforms.windows import own_processes, windows_seen
from tray_agent.platforms.windows.own_processes import is_ours

assert sys.platform == "win32"

WAITS = "import os, sys; print(os.getpid(), flush=True); sys.stdin.read()"
STARTS_ONE = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"


@contextmanager
def program(*arguments: str) -> Iterator[int]:
    """The number of the process that says it."""
    with subprocess.Popen(
        (sys.executable, "-c", *arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        yield int(process.stdout.readline())
        process.stdin.close()


def test_we_are_our_own() -> None:
    assert is_ours(os.getpid())


def test_so_are_a_child_and_the_child_of_a_starter() -> None:
    with program(WAITS) as child:
        assert child != os.getpid()
        assert is_ours(child)
    with program(STARTS_ONE, WAITS) as grandchild:
        assert is_ours(grandchild)


def test_what_a_process_left_behind_that_has_ended_is_a_strangers() -> None:
    with another_program(started_by_us=False) as window:
        process = windows_seen._process(window)
        wait_until(lambda: not is_ours(process), "who started it to be forgotten")


def test_who_started_us_is_a_stranger_and_so_is_who_does_not_exist() -> None:
    parent = os.getppid()
    assert parent != os.getpid()
    assert not is_ours(parent)
    assert not is_ours(0)
    assert not is_ours(0x7FFFFFFC)


def test_a_parent_that_is_younger_than_its_child_only_has_the_number_of_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ages = iter((2, 1))
    with program(WAITS) as child:
        with monkeypatch.context() as patch:
            patch.setattr(own_processes, "_begun", lambda _handle: next(ages))
            assert not is_ours(child)
        assert is_ours(child)


def test_looking_leaves_no_handle_behind() -> None:
    count = ctypes.c_ulong()
    process = ctypes.c_void_p(-1)
    counted = ctypes.WinDLL("kernel32").GetProcessHandleCount
    with program(WAITS) as child:
        is_ours(child)
        assert counted(process, ctypes.byref(count))
        before = count.value
        for _ in range(50):
            is_ours(child)
        assert counted(process, ctypes.byref(count))
    assert count.value <= before
