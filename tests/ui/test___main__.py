import subprocess
import sys

import pytest

from tray_agent.ui.__main__ import WINDOWS


@pytest.mark.parametrize("args", [[], ["kitchen"], ["break", "now"]])
def test_an_unknown_window_is_one_sentence_and_status_2(args: list[str]) -> None:
    command = [sys.executable, "-m", "tray_agent.ui", *args]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr == f"tray_agent.ui: name one window of: {', '.join(WINDOWS)}\n"


@pytest.mark.parametrize("name", WINDOWS)
def test_a_window_without_a_brief_leaves_at_once(name: str) -> None:
    command = [sys.executable, "-m", "tray_agent.ui", name]
    run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
