import gc
import subprocess
import sys
from types import SimpleNamespace

import pytest

from tray_agent.ui.__main__ import WINDOWS, main


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


def test_what_a_window_begins_with_is_not_looked_through_for_rubbish(monkeypatch: pytest.MonkeyPatch) -> None:
    def looks() -> int:
        before = gc.get_stats()[0]["collections"]
        begun: list[list[object]] = [[] for _part in range(60_000)]
        assert begun
        return int(gc.get_stats()[0]["collections"] - before)

    monkeypatch.setitem(sys.modules, "a_window", SimpleNamespace(main=looks))
    monkeypatch.setitem(WINDOWS, "a", "a_window")
    usual = gc.get_threshold()
    try:
        assert looks() > 50
        assert main(["a"]) == 0
    finally:
        gc.set_threshold(*usual)
