"""A system that refuses; what the watch promises is told in tests/contract/test_folder_watch.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from tray_agent.platforms.windows import folder_watch as module
from tray_agent.platforms.windows.folder_watch import FolderWatch
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop


def test_where_nothing_can_be_watched_that_is_said(
    loop: SelectorLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_watched", lambda _folder, _what: module._INVALID_HANDLE)
    with pytest.raises(Unavailable, match="cannot be watched"):
        FolderWatch(loop, tmp_path, lambda: None)
