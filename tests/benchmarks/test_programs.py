"""Programs to compare with, as they are listed and as they lie on a disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks import programs


def test_a_program_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = tmp_path / "programs.toml"
    listed.write_text(
        '[peers]\n"A B" = { command = ["ab", "-x"], packages = ["ab", "ab-icon"], about = "new" }\n'
    )
    monkeypatch.setattr(programs, "LISTED", listed)
    assert programs.peers() == [programs.Program("A B", ("ab", "-x"), ("ab", "ab-icon"), "new")]


def test_the_size_of_a_folder_is_that_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a").write_bytes(bytes(3 * 2**20))
    (tmp_path / "b").write_bytes(bytes(2**20))
    (tmp_path / "link").symlink_to("b")
    assert programs.folder_mib(tmp_path) == pytest.approx(4.0, abs=0.001)
