import errno
import io
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from tests.support.full_disk import full_disk
from tests.support.private import private
from tests.support.refusals import A_FOLDER
from tray_agent.ports import Health, State
from tray_agent.shell import logs


@pytest.fixture(autouse=True)
def stopped() -> Iterator[None]:
    yield
    logs.stop()


class GoneTerminal(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError(errno.EIO, "Input/output error")


def test_log_is_private_and_keeps_to_its_level(tmp_path: Path) -> None:
    logs.start(tmp_path, "info")
    logs.info("the tray is up")
    logging.getLogger("tray_agent.shell.loop").debug("not wanted")
    logs.set_level("error")
    logs.warning("not wanted")
    written = (tmp_path / "agent.log").read_text()
    assert "INFO the tray is up" in written
    assert "not wanted" not in written
    assert private(tmp_path / "agent.log")


def test_starting_again_writes_each_line_once(tmp_path: Path) -> None:
    for _time in range(2):
        logs.start(tmp_path, "info")
    logs.info("once")
    assert (tmp_path / "agent.log").read_text().count("once") == 1


def test_log_does_not_grow_without_end(tmp_path: Path) -> None:
    logs.start(tmp_path, "info")
    for _line in range(1200):
        logs.info("x" * 1000)
    files = sorted(file.name for file in tmp_path.iterdir())
    assert files == ["agent.log", "agent.log.1", "agent.log.2"]
    assert all((tmp_path / name).stat().st_size <= 256 * 1024 for name in files)
    assert private(*(tmp_path / name for name in files))


def test_no_log_file_is_told_once_and_is_no_disaster(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "agent.log").mkdir()
    logs.start(tmp_path, "info")
    for number in range(1000):
        logs.info(f"line {number}")
    assert capsys.readouterr().err == f"the log cannot be written: {A_FOLDER}\n"
    assert logs.health() == Health("log", State.DEGRADED, "file", A_FOLDER)
    (tmp_path / "agent.log").rmdir()
    logs.info("the tray is up")
    first, second = (tmp_path / "agent.log").read_text().splitlines()
    assert first.endswith(f"WARNING lost lines: 1001 ({A_FOLDER})")
    assert second.endswith("INFO the tray is up")
    assert logs.health() == Health("log", State.OK, "file")


def test_a_full_disk_costs_only_what_did_not_fit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "agent.log").symlink_to("/dev/full")
    logs.start(tmp_path, "info")
    for _line in range(50):
        logs.info("x" * 1000)
    assert capsys.readouterr().err == "the log cannot be written: No space left on device\n"
    assert logs.health().reason == "No space left on device"
    (tmp_path / "agent.log").unlink()
    logs.info("there is room again")
    written = (tmp_path / "agent.log").read_text()
    assert "lost lines: 51 (No space left on device)" in written
    assert "there is room again" in written
    assert "x" * 1000 not in written


def test_what_did_not_fit_is_not_kept_for_later(tmp_path: Path) -> None:
    logs.start(tmp_path, "info")
    with full_disk(room=(tmp_path / "agent.log").stat().st_size):
        logs.info("too much")
        assert logs.health().reason == "File too large"
    logs.info("there is room again")
    lines = (tmp_path / "agent.log").read_text().splitlines()
    assert [line.split(" ", 3)[3] for line in lines[1:]] == [
        "lost lines: 1 (File too large)",
        "there is room again",
    ]


def test_a_folder_that_was_gone_for_a_while_has_the_log_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state"
    state.mkdir()
    logs.start(state, "info")
    logs.info("before")
    state.rename(tmp_path / "elsewhere")
    logs.info("nowhere")
    logs.info("nowhere")
    assert capsys.readouterr().err.count("\n") == 1
    state.mkdir()
    logs.info("after")
    written = (state / "agent.log").read_text()
    assert "lost lines: 2 (No such file or directory)" in written
    assert "after" in written
    assert "nowhere" not in (tmp_path / "elsewhere" / "agent.log").read_text()


def test_a_log_that_was_removed_begins_anew(tmp_path: Path) -> None:
    logs.start(tmp_path, "info")
    logs.info("before")
    (tmp_path / "agent.log").unlink()
    logs.info("after")
    assert "after" in (tmp_path / "agent.log").read_text()
    assert private(tmp_path / "agent.log")


def test_a_terminal_that_is_gone_is_no_disaster_either(tmp_path: Path) -> None:
    (tmp_path / "agent.log").mkdir()
    logs.start(tmp_path, "info")
    with redirect_stderr(GoneTerminal()):
        logs.info("nobody hears")
    assert logs.health().state is State.DEGRADED


def test_crash_file_tells_where_but_not_when(tmp_path: Path) -> None:
    nothing: dict[str, int] = {}
    try:
        nothing["2026-03-02 at 09:15"]
    except KeyError:
        logs.crash(tmp_path, ["Input", "Locked"])
    written = (tmp_path / "crash.txt").read_text()
    assert "test_crash_file_tells_where_but_not_when" in written
    assert "KeyError: '#-#-# at #:#'" in written
    assert written.endswith("event Input\nevent Locked\n")
    assert "09:15" not in written.splitlines()[-3]
    assert private(tmp_path / "crash.txt")


def test_crash_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    logs.start(tmp_path, "info")
    (tmp_path / "crash.txt").mkdir()
    (tmp_path / "crash.txt" / "inside").write_text("")
    logs.crash(tmp_path)
    assert "the crash file cannot be written" in (tmp_path / "agent.log").read_text()
