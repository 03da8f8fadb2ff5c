import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.places import ROOT
from tests.support.private import private
from tray_agent.shell import logs
from tray_agent.shell.crash_report import CrashFile, last_crash, note, set_aside, unshown

DYING = """
import faulthandler, sys
from pathlib import Path
from tray_agent.shell.crash_report import CrashFile

def walk_into_the_void():
    faulthandler._read_null()

with CrashFile(Path(sys.argv[1])) as crash:
    crash.watch_faults()
    walk_into_the_void()
"""


def fail(how: Callable[[], object]) -> None:
    thread = threading.Thread(target=how, name="listener")
    thread.start()
    thread.join(5)


def broken() -> None:
    raise LookupError("at 09:15")


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_bug_that_ends_it_is_written_down_with_the_last_events(tmp_path: Path) -> None:
    crash = CrashFile(tmp_path)
    crash.events = ["Input", "Locked"]
    with pytest.raises(LookupError), crash:
        broken()
    written = (tmp_path / "crash.txt").read_text()
    assert "in broken" in written
    assert written.endswith("LookupError: at #:#\nevent Input\nevent Locked\n")
    assert unshown(tmp_path) == last_crash(tmp_path) == tmp_path / "crash.txt"


@pytest.mark.parametrize("leaving", [KeyboardInterrupt, SystemExit])
def test_leaving_is_no_crash(tmp_path: Path, leaving: type[BaseException]) -> None:
    with suppress(leaving), CrashFile(tmp_path) as crash:
        crash.watch_faults()
        raise leaving
    assert files(tmp_path) == []


def test_a_bug_on_another_thread_is_written_down_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", seen.append)
    logs.start(tmp_path, "info")
    with CrashFile(tmp_path):
        fail(broken)
        first = (tmp_path / "crash.txt").read_text()
        fail(lambda: str(dict[str, int]()["at 10:00"]))
    logs.stop()
    assert [failure.exc_type for failure in seen] == [LookupError]
    assert "in broken" in first
    assert (tmp_path / "crash.txt").read_text() == first
    log = (tmp_path / "agent.log").read_text()
    assert "thread listener ended by LookupError" in log
    assert "thread listener ended by KeyError" in log


def test_the_last_words_of_a_sudden_death_are_a_crash_file_at_the_next_start(tmp_path: Path) -> None:
    command = [sys.executable, "-c", DYING, str(tmp_path)]
    died = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=20)
    assert died.returncode == (0xC0000005 if sys.platform == "win32" else -signal.SIGSEGV)
    assert private(tmp_path / "fault.txt")
    assert unshown(tmp_path) is None
    with CrashFile(tmp_path) as crash:
        crash.watch_faults()
        told = unshown(tmp_path)
        assert told is not None
        assert re.search("Segmentation fault|access violation", told.read_text())
        assert "in walk_into_the_void" in told.read_text()
        assert told.read_text().startswith("Tray Agent ")
    assert files(tmp_path) == ["crash.txt"]


def test_being_killed_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "fault.txt").write_text("Tray Agent 1.0\n")
    with CrashFile(tmp_path) as crash:
        crash.watch_faults()
        assert files(tmp_path) == ["fault.txt"]
    assert files(tmp_path) == []


def test_what_a_library_raised_and_caught_itself_is_no_crash(tmp_path: Path) -> None:
    caught = "Tray Agent 1.0\nWindows fatal exception: code 0x8001010d\n\nThread 0x00000abc:\n"
    (tmp_path / "fault.txt").write_text(caught)
    with CrashFile(tmp_path) as crash:
        crash.watch_faults()
    assert files(tmp_path) == []


def test_a_folder_that_refuses_costs_only_the_last_words(tmp_path: Path) -> None:
    (tmp_path / "fault.txt").mkdir()
    logs.start(tmp_path, "info")
    with CrashFile(tmp_path) as crash:
        crash.watch_faults()
    logs.stop()
    assert "sudden deaths leave no trace" in (tmp_path / "agent.log").read_text()


def test_three_that_were_told_of_are_kept(tmp_path: Path) -> None:
    assert last_crash(tmp_path) is None
    for number in range(1, 6):
        (tmp_path / "crash.txt").write_text(f"crash {number}")
        told = set_aside(tmp_path / "crash.txt")
        assert told.read_text() == f"crash {number}"
        assert unshown(tmp_path) is None
        assert last_crash(tmp_path) == told
    assert files(tmp_path) == ["crash-shown-2.txt", "crash-shown-3.txt", "crash-shown.txt"]
    assert (tmp_path / "crash-shown-3.txt").read_text() == "crash 3"


def test_the_note_says_what_a_person_wants_to_know() -> None:
    file = Path("/state/crash-shown.txt")
    title, body = note(file)
    assert "wrong" in title
    for fact in (str(file), "day is kept", "Nothing was sent anywhere"):
        assert fact in body


def test_nothing_of_it_is_left_switched_on(tmp_path: Path) -> None:
    hook = threading.excepthook
    with CrashFile(tmp_path):
        assert threading.excepthook != hook
    assert threading.excepthook is hook
