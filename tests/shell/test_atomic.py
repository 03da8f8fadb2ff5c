import threading
from pathlib import Path

import pytest

from tests.support.full_disk import full_disk
from tests.support.private import private
from tray_agent.shell import atomic


def test_new_content_is_private_and_leaves_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text("old")
    file.chmod(0o644)
    atomic.write(file, b"new")
    assert file.read_bytes() == b"new"
    assert private(file)
    assert [left.name for left in tmp_path.iterdir()] == ["a.json"]


def test_readers_of_the_old_file_never_see_half_of_the_new_one(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    atomic.write(file, b"old")
    with file.open("rb") as reader:
        atomic.write(file, b"new, and longer")
        assert reader.read() == b"old"


def test_a_file_that_is_being_read_is_replaced_when_the_reader_is_done(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    atomic.write(file, b"old")
    reader = file.open("rb")
    threading.Timer(0.1, reader.close).start()
    atomic.write(file, b"new")
    assert file.read_bytes() == b"new"
    assert [left.name for left in tmp_path.iterdir()] == ["a.json"]


def test_link_stays_a_link(tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    kept.write_text("old")
    link = tmp_path / "settings.toml"
    link.symlink_to(kept)
    atomic.write(link, b"new")
    assert link.is_symlink()
    assert kept.read_bytes() == b"new"


def test_failure_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.mkdir()
    (file / "inside").write_text("old")
    with pytest.raises(OSError):
        atomic.write(file, b"new")
    assert (file / "inside").read_text() == "old"
    assert [left.name for left in tmp_path.iterdir()] == ["a.json"]


def test_a_folder_that_went_is_made_again_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "state" / "a.json"
    atomic.write(file, b"new")
    assert file.read_bytes() == b"new"
    assert private(file.parent)


def test_whoever_cannot_be_written_is_named_and_not_the_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(OSError) as refused:
        atomic.write(tmp_path / "state" / "a.json", b"new")
    assert refused.value.filename == str(tmp_path / "state" / "a.json")
    assert refused.value.strerror


def test_a_disk_that_takes_only_half_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    atomic.write(file, b"old")
    with full_disk(room=8), pytest.raises(OSError, match="File too large"):
        atomic.write(file, b"new, and longer")
    assert file.read_bytes() == b"old"
    assert [left.name for left in tmp_path.iterdir()] == ["a.json"]


def test_set_aside_replaces_what_was_set_aside_before(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    for content in ("first", "second"):
        file.write_text(content)
        kept = atomic.set_aside(file)
    assert kept.name == "a.json.bad"
    assert kept.read_text() == "second"
    assert not file.exists()
