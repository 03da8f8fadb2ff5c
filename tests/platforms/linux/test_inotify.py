"""The limits of the mechanism; what it promises is told in tests/contract/test_folder_watch.py."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from tray_agent.platforms.linux.inotify import FolderWatch
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop


def test_no_descriptor_left_is_said(loop: SelectorLoop, tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1, hard))
    try:
        with pytest.raises(Unavailable, match="Too many open files"):
            FolderWatch(loop, tmp_path, lambda: None)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
