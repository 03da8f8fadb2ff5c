import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.fake_agent import FakeAgent, start
from tests.support.refusals import UNLINKING_A_FOLDER
from tray_agent import cli, platforms
from tray_agent.shell import folders, ipc, logs
from tray_agent.shell.folders import Folders
from tray_agent.shell.messages import Exit
from tray_agent.shell.store import SqliteStore

HELD = {
    "history.sqlite3",
    "history.sqlite3-shm",
    "history.sqlite3-wal",
    "state.json",
    "fault.txt",
    "agent.log",
}
GOES = {"history.sqlite3.bad", "state.json.bad", ".state.json.7.new", "agent.log.1", "crash.txt"}
GOES |= {"crash-shown.txt", "crash-shown-2.txt"}

Told = pytest.CaptureFixture[str]


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """A home in which an agent has lived for long."""
    monkeypatch.setenv(folders.HOME, str(tmp_path))
    found = folders.find(platforms.select().places)
    for folder in (found.config, found.state):
        folder.mkdir()
    for name in (*HELD, *GOES, "letter.txt"):
        (found.state / name).write_text(name)
    found.settings.write_text('intensity = "gentle"\n')
    return found


@pytest.fixture
def agent(places: Folders, tmp_path: Path) -> Iterator[FakeAgent]:
    made = FakeAgent(tmp_path)
    yield made
    made.close()


def left(places: Folders) -> set[str]:
    return {file.name for file in places.state.iterdir()}


def test_without_an_agent_everything_goes_but_the_settings(places: Folders, capsys: Told) -> None:
    assert cli.main(["erase", "--yes"]) == 0
    assert left(places) == {"letter.txt"}
    assert places.settings.read_text() == 'intensity = "gentle"\n'
    assert capsys.readouterr().out == (
        f"All that was kept about you is deleted. Your settings stay: {places.settings}\n"
    )


def test_nothing_there_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told) -> None:
    monkeypatch.setenv(folders.HOME, str(tmp_path / "fresh"))
    assert cli.main(["erase", "--yes", "--json"]) == 0
    assert capsys.readouterr() == ("{}\n", "")


def test_a_running_agent_empties_what_it_holds_itself(places: Folders, agent: FakeAgent) -> None:
    code, out, err = agent.call("erase", "--yes")
    assert (code, err) == (0, "") and "deleted" in out
    assert agent.asked == [("erase", {})]
    assert left(places) == {"letter.txt"} | HELD


def test_an_agent_that_cannot_erase_ends_it(places: Folders, agent: FakeAgent) -> None:
    agent.refuses["erase"] = Exit.FAULT
    assert agent.call("erase", "--yes") == (1, "", "no erase now\n")
    assert left(places) == {"letter.txt"} | HELD | GOES


def test_an_agent_that_is_just_starting_is_not_erased_under(places: Folders, capsys: Told) -> None:
    with ipc.alone(places.socket):
        assert cli.main(["erase", "--yes"]) == 1
    assert capsys.readouterr() == ("", "Tray Agent is just starting; try again\n")
    assert left(places) == {"letter.txt"} | HELD | GOES


def test_nobody_to_ask_means_no(places: Folders, tmp_path: Path) -> None:
    process = start(tmp_path, "erase")
    assert process.communicate(timeout=20) == (
        "",
        "nothing was deleted; where nobody can be asked, add --yes\n",
    )
    assert process.returncode == 2
    assert left(places) == {"letter.txt"} | HELD | GOES


@pytest.mark.parametrize(("typed", "code"), [("erase\n", 0), ("yes\n", 2), ("\n", 2), ("\x04", 2)])
def test_a_person_is_asked(places: Folders, tmp_path: Path, typed: str, code: int) -> None:
    import pty  # Windows has none

    ours, theirs = pty.openpty()
    process = start(tmp_path, "erase", stdin=theirs)
    os.write(ours, typed.encode())
    out, err = process.communicate(timeout=20)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == code
    assert "Type erase to go on: " in out
    assert err == ("" if code == 0 else "nothing was deleted\n")
    assert left(places) == {"letter.txt"} | (set() if code == 0 else HELD | GOES)


def test_what_cannot_be_deleted_is_named_and_the_rest_goes(places: Folders, capsys: Told) -> None:
    stubborn = places.state / "crash.txt"
    stubborn.unlink()
    stubborn.mkdir()
    assert cli.main(["erase", "--yes"]) == 1
    assert capsys.readouterr() == ("", f"{stubborn} cannot be deleted: {UNLINKING_A_FOLDER}\n")
    assert left(places) == {"letter.txt", "crash.txt"}


def test_every_file_the_agent_keeps_is_known(places: Folders) -> None:
    for file in places.state.iterdir():
        file.unlink()
    logs.start(places.state, "info")
    logs.info("a line")
    logs.crash(places.state)
    logs.stop()
    SqliteStore(places.history).close()
    places.snapshot.write_text("{}")
    assert len(left(places)) >= 4
    assert cli.main(["erase", "--yes"]) == 0
    assert left(places) == set()
