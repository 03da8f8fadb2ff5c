from pathlib import Path

import pytest

from tray_agent.platforms.linux import whole_file


def test_it_is_there_with_its_folders(tmp_path: Path) -> None:
    whole_file.write(tmp_path / "a" / "b" / "file", "text ü\n")
    assert (tmp_path / "a/b/file").read_bytes() == "text ü\n".encode()
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == ["file"]


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("kept")
    (tmp_path / "file").symlink_to(tmp_path / "kept")
    whole_file.write(tmp_path / "file", "new")
    assert (tmp_path / "kept").read_text() == "kept"
    assert (tmp_path / "file").read_text() == "new"
    assert not (tmp_path / "file").is_symlink()


def test_what_cannot_be_replaced_stays_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()
    (tmp_path / "file" / "inside").write_text("")
    with pytest.raises(OSError):
        whole_file.write(tmp_path / "file", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_file_name_of_other_bytes_comes_through(tmp_path: Path) -> None:
    whole_file.write(tmp_path / "file", b"caf\xe9".decode("utf-8", "surrogateescape"))
    assert (tmp_path / "file").read_bytes() == b"caf\xe9"
