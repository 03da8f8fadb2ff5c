from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.benchmarks.a_day import AT_WORK_H, MIB, NOBODY_H, Spent, day, tables, written

HEAVY, LIGHT = Spent(10.0, 3600.0, MIB), Spent(1.0, 0.0, 0.0)


def test_a_day_has_so_many_hours_of_each() -> None:
    one = day(HEAVY, LIGHT)
    assert one.cpu_s == AT_WORK_H * 10 + NOBODY_H * 1
    assert one.wakes == AT_WORK_H * 3600
    assert one.written == AT_WORK_H * MIB


def test_energy_is_that_of_the_processor_and_of_being_woken() -> None:
    assert Spent(1.0, 0.0, 0.0).joules() == pytest.approx(10.0)
    assert Spent(0.0, 1000.0, 0.0).joules() == pytest.approx(5.0)


def test_each_program_has_a_row_in_both_tables() -> None:
    rows = [
        line for line in tables({"It": {"at work": HEAVY, "nobody": LIGHT}}).splitlines() if "| It |" in line
    ]
    assert rows == [
        "| It | 62.0 | 21,600 | 728 | 6.0 | 166.7 | 1.00 |",
        "| It | 1,722 | 75,000 | 4,449 | 586 |",
    ]


def test_what_a_program_writes_is_counted(tmp_path: Path) -> None:
    """On a file system that is no disk, such as one in memory, nothing is."""
    command = ["sh", "-c", f"head -c {MIB} /dev/zero >file; echo; read -r _"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdout is not None
        process.stdout.readline()
        counted = written(process.pid)
        # A file system may write a block or two for itself.
        assert counted == 0 or MIB <= counted < MIB + 64 * 1024
        process.communicate(b"\n")
