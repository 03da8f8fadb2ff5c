import csv
import io
import json
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.private import private
from tests.support.schemas import problems
from tray_agent import cli, platforms
from tray_agent.core.model import Limits
from tray_agent.shell import folders
from tray_agent.shell.history import BoutRow
from tray_agent.shell.store import SqliteStore


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forty minutes of sitting two days ago."""
    monkeypatch.setenv(folders.HOME, str(tmp_path))
    places = folders.find(platforms.select().places)
    places.make()
    began = time.time() - 2 * 86400
    with closing(SqliteStore(places.history)) as store:
        store.add(BoutRow(began, began + 2400, "idle"))
        store.set_limits(Limits(cleared=True), began)
    return places.history


Told = pytest.CaptureFixture[str]


def test_history_in_three_forms(history: Path, capfd: Told) -> None:
    assert cli.main(["history"]) == 0
    head, line = capfd.readouterr().out.splitlines()
    assert head.startswith("Day ") and " 40 min " in line
    assert cli.main(["history", "--format", "json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert problems("history", told) == [] and told["days"][0]["sitting_s"] == 2400
    assert cli.main(["history", "--format", "csv"]) == 0
    text = capfd.readouterr().out
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["sitting_s"] == "2400"


def test_csv_reaches_the_pipe_with_its_own_line_ends(
    history: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert cli.main(["history", "--format", "csv"]) == 0
    out = capfdbinary.readouterr().out
    assert out.count(b"\r\n") == out.count(b"\n") == 2


def test_days_are_counted(history: Path, capsys: Told) -> None:
    assert cli.main(["history", "--days", "1", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"days": []}
    assert cli.main(["history", "--days", "1"]) == 0
    assert capsys.readouterr().out == "Nothing is kept of these days.\n"


@pytest.mark.parametrize("days", ["0", "-1", "366", "1.5", "week", "²", ""])
def test_what_is_no_number_of_days(days: str, history: Path, capsys: Told) -> None:
    assert cli.main(["history", f"--days={days}"]) == 2
    assert f"from 1 to 365, not {days}; use: tray-agent history" in capsys.readouterr().err


def test_no_history_means_no_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told) -> None:
    monkeypatch.setenv(folders.HOME, str(tmp_path / "fresh"))
    assert cli.main(["history"]) == 0
    assert capsys.readouterr() == ("Nothing is kept of these days.\n", "")
    assert cli.main(["export", "-"]) == 0
    assert problems("export", json.loads(capsys.readouterr().out)) == []
    assert not (tmp_path / "fresh").exists()


def test_history_that_cannot_be_read_is_one_sentence(history: Path, capsys: Told) -> None:
    history.write_text("no database " * 1000)
    assert cli.main(["history"]) == 1
    sentence = f"the history {history} cannot be read: file is not a database\n"
    assert capsys.readouterr() == ("", sentence)


def test_export_is_the_person_s_alone_and_keeps_health_back(
    history: Path, tmp_path: Path, capsys: Told
) -> None:
    file = tmp_path / "mine.json"
    assert cli.main(["export", str(file)]) == 0
    assert capsys.readouterr().out == (
        f"All that is kept about you is in {file}, but for answers about your health.\n"
    )
    assert private(file)
    told = json.loads(file.read_text())
    assert problems("export", told) == []
    assert len(told["bouts"]) == 1
    assert "safety_cleared" not in file.read_text()


def test_export_with_health_to_standard_output(history: Path, capsys: Told) -> None:
    assert cli.main(["export", "-", "--include-health"]) == 0
    out = capsys.readouterr().out
    assert problems("export", json.loads(out)) == []
    assert "safety_cleared" in out


def test_export_holds_the_saved_state_too(history: Path, capsys: Told) -> None:
    snapshot = history.with_name("state.json")
    assert cli.main(["export", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["state"] is None
    snapshot.write_text('{"now": 5}')
    assert cli.main(["export", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["state"] == {"now": 5}
    snapshot.write_text("{")
    assert cli.main(["export", "-"]) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.startswith(f"the saved state {snapshot} cannot be read: ")


def test_export_leaves_a_file_alone(history: Path, tmp_path: Path, capsys: Told) -> None:
    file = tmp_path / "letter"
    file.write_text("dear")
    assert cli.main(["export", str(file)]) == 2
    assert capsys.readouterr().err == f"{file} is there already and was left alone; name another file\n"
    assert file.read_text() == "dear"


def test_export_that_cannot_be_written(history: Path, tmp_path: Path, capsys: Told) -> None:
    file = tmp_path / "no" / "folder"
    assert cli.main(["export", str(file)]) == 1
    assert capsys.readouterr().err == f"{file} cannot be written: No such file or directory\n"
