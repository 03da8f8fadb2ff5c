r"""The real registry, under a name that no agent has.

That Windows runs what is written there is seen by logging in: tests of the whole agent do that.
"""

import subprocess
import sys
import winreg
from collections.abc import Iterator

import pytest

from tray_agent.platforms.windows import autostart
from tray_agent.platforms.windows.autostart import APPROVED, RUN, RunKey, command_line
from tray_agent.ports import Startup

NAME = "TrayAgent of a test"
COMMAND = (r"C:\Program Files\Tray Agent\tray-agent.exe", "run")
WRITTEN = r'"C:\Program Files\Tray Agent\tray-agent.exe" run'
OFF = Startup(on=False, mechanism=None)


def put(hive: int, path: str, kind: int, value: str | bytes) -> None:
    with winreg.CreateKeyEx(hive, path, 0, winreg.KEY_SET_VALUE) as key:
        winreg.SetValueEx(key, NAME, 0, kind, value)


def take(hive: int, path: str) -> None:
    try:
        with winreg.OpenKey(hive, path, 0, winreg.KEY_SET_VALUE) as key:
            winreg.DeleteValue(key, NAME)
    except FileNotFoundError:
        pass


def written(path: str) -> object | None:
    return autostart._value(winreg.HKEY_CURRENT_USER, path, NAME)


@pytest.fixture
def run_key() -> Iterator[RunKey]:
    yield RunKey(lambda: COMMAND, NAME)
    for hive in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
        for path in (RUN, APPROVED):
            take(hive, path)


def test_on_and_off_again(run_key: RunKey) -> None:
    assert run_key.status() == OFF
    assert run_key.set(on=True) == Startup(on=True, mechanism="run")
    assert written(RUN) == WRITTEN
    assert run_key.set(on=False) == OFF
    assert written(RUN) is None
    assert run_key.set(on=False) == OFF


@pytest.mark.parametrize(("approved", "on"), [(2, True), (6, True), (3, False), (7, False)])
def test_what_people_chose_in_task_manager_holds(run_key: RunKey, approved: int, on: bool) -> None:
    choice = bytes([approved, *[0] * 11])
    put(winreg.HKEY_CURRENT_USER, APPROVED, winreg.REG_BINARY, choice)
    assert run_key.set(on=True).on is on
    assert (run_key.status().reason is None) is on
    run_key.set(on=False)
    run_key.set(on=True)
    assert written(APPROVED) == choice


@pytest.mark.parametrize("strange", [b"", "03"])
def test_a_choice_that_cannot_be_read_is_none(run_key: RunKey, strange: bytes | str) -> None:
    kind = winreg.REG_BINARY if isinstance(strange, bytes) else winreg.REG_SZ
    put(winreg.HKEY_CURRENT_USER, APPROVED, kind, strange)
    assert run_key.set(on=True).on


def test_a_machine_may_start_it_for_everybody(run_key: RunKey) -> None:
    put(winreg.HKEY_LOCAL_MACHINE, RUN, winreg.REG_SZ, WRITTEN)
    everybody = Startup(on=True, mechanism="run", reason="the machine starts it for everybody")
    assert run_key.status() == everybody
    assert run_key.set(on=False) == everybody
    put(winreg.HKEY_LOCAL_MACHINE, APPROVED, winreg.REG_BINARY, bytes([3, *[0] * 11]))
    assert not run_key.status().on
    assert "switched off" in (run_key.status().reason or "")


def test_a_command_too_long_for_windows_is_refused() -> None:
    key = RunKey(lambda: (r"C:\python.exe", "-c", "x" * 300), NAME)
    with pytest.raises(OSError, match="260"):
        key.set(on=True)
    assert written(RUN) is None


def test_the_words_arrive_as_they_were() -> None:
    words = ["a b", 'say "x"', r"C:\end\\"[:-1], ""]
    line = command_line([sys.executable, "-c", "import sys; print(sys.argv[1:])", *words])
    said = subprocess.run(line, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == repr(words)
