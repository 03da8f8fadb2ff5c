from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.programs import Programs
from tests.support.waiting import wait_until
from tray_agent.ui.breaks.program import Program


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    return Programs(tmp_path, monkeypatch)


def until_told(app: QApplication, told: list[bool]) -> None:
    def heard() -> bool:
        app.processEvents()
        return bool(told)

    wait_until(heard, "its end to be told")


@pytest.mark.parametrize(("does", "well"), [("exit 0", True), ("exit 3", False), ("kill -9 $$", False)])
def test_it_tells_how_it_ended(app: QApplication, programs: Programs, does: str, well: bool) -> None:
    programs.add("player", does)
    told: list[bool] = []
    owner = QWidget()
    Program(owner, ["player"], told.append)
    until_told(app, told)
    assert told == [well]


def test_it_reads_lines(app: QApplication, programs: Programs) -> None:
    programs.add("player", 'read line; echo "$line" > "$HERE/heard"')
    told: list[bool] = []
    owner = QWidget()
    Program(owner, ["player"], told.append).tell("Linkes Bein: 30 s, höher")
    until_told(app, told)
    assert programs.said("heard") == "Linkes Bein: 30 s, höher\n"


def test_of_one_that_is_dropped_nobody_hears(app: QApplication, programs: Programs) -> None:
    programs.add("player", "exec sleep 60")
    told: list[bool] = []
    owner = QWidget()
    one = Program(owner, ["player"], told.append)
    assert one.waitForStarted()
    one.drop()
    assert one.waitForFinished()
    app.processEvents()
    assert not told
