import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tray_agent.shell import logs


@pytest.fixture(autouse=True)
def stopped() -> Iterator[None]:
    yield
    logs.stop()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_log_is_private_and_keeps_to_its_level(tmp_path: Path) -> None:
    logs.start(tmp_path, "info")
    logs.info("the tray is up")
    logging.getLogger("tray_agent.shell.loop").debug("not wanted")
    logs.set_level("error")
    logs.warning("not wanted")
    written = (tmp_path / "agent.log").read_text()
    assert "INFO the tray is up" in written
    assert "not wanted" not in written
    assert mode(tmp_path / "agent.log") == 0o600


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
    assert {mode(tmp_path / name) for name in files} == {0o600}


def test_no_log_file_is_no_disaster(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "agent.log").mkdir()
    logs.start(tmp_path, "info")
    logs.info("still told")
    told = capsys.readouterr().err
    assert "there is no log file" in told
    assert "still told" in told


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
    assert mode(tmp_path / "crash.txt") == 0o600


def test_crash_file_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "agent.log").mkdir()
    logs.start(tmp_path, "info")
    (tmp_path / "crash.txt").mkdir()
    (tmp_path / "crash.txt" / "inside").write_text("")
    logs.crash(tmp_path)
    assert "the crash file cannot be written" in capsys.readouterr().err
