import json
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.full_disk import full_disk
from tests.support.private import private
from tests.support.schemas import problems
from tray_agent.core.model import Limits
from tray_agent.shell import export
from tray_agent.shell.history import BoutRow
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.store import SqliteStore


@pytest.mark.parametrize("whole", [True, False])
def test_the_document_holds_history_and_state(tmp_path: Path, whole: bool) -> None:
    snapshot = tmp_path / "state.json"
    snapshot.write_text('{"now": 5}')
    with closing(SqliteStore(tmp_path / "history.sqlite3")) as store:
        store.add(BoutRow(0.0, 2400.0, "idle"))
        store.set_limits(Limits(cleared=True), 0.0)
        told = json.loads(export.document(store, snapshot, include_health=whole))
    assert problems("export", told) == []
    assert (len(told["bouts"]), told["state"], "health" in told) == (1, {"now": 5}, whole)


def test_a_state_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    snapshot = tmp_path / "state.json"
    snapshot.write_text("{")
    with (
        closing(SqliteStore(tmp_path / "history.sqlite3")) as store,
        pytest.raises(CommandError, match="the saved state .* cannot be read: ") as refused,
    ):
        export.document(store, snapshot, include_health=False)
    assert refused.value.code is Exit.FAULT


def test_the_file_is_the_person_s_alone(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    told = export.write(file, "x", include_health=False)
    assert told == f"All that is kept about you is in {file}, but for answers about your health."
    assert file.read_text() == "x"
    assert private(file)
    other = tmp_path / "other.json"
    assert export.write(other, "x", include_health=True) == f"All that is kept about you is in {other}."


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "letter"
    file.write_text("dear")
    with pytest.raises(CommandError, match="is there already and was left alone") as refused:
        export.write(file, "x", include_health=False)
    assert (refused.value.code, file.read_text()) == (Exit.USAGE, "dear")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        export.write(tmp_path / "no" / "mine.json", "x", include_health=False)


def test_what_does_not_fit_leaves_no_half_of_it(tmp_path: Path) -> None:
    with (
        full_disk(room=1000),
        pytest.raises(CommandError, match="cannot be written: File too large") as refused,
    ):
        export.write(tmp_path / "mine.json", "x" * 100_000, include_health=False)
    assert refused.value.code is Exit.FAULT
    assert list(tmp_path.iterdir()) == []
