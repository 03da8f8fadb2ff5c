"""The mark that an agent lives.  Wine has one session, in which it shows as it would in all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.support.serving import serve
from tray_agent.platforms.windows import identity
from tray_agent.platforms.windows.pipe import NamedPipe
from tray_agent.platforms.windows.presence import Presence, seen
from tray_agent.shell import ipc
from tray_agent.shell.ipc import AlreadyRunning
from tray_agent.shell.loop import SelectorLoop
from tray_agent.shell.messages import CommandError, Exit

assert sys.platform == "win32"

CHANNEL = NamedPipe()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "runtime").mkdir()
    return tmp_path / "runtime" / "agent.sock"


def answers(_cmd: str, _args: dict[str, Any]) -> dict[str, Any]:
    return {}


def test_it_is_seen_from_other_processes_until_it_is_taken_away() -> None:
    name = f"test-{uuid4()}"
    assert not seen(name)
    presence = Presence(name)
    looks = f"from tray_agent.platforms.windows.presence import seen; print(seen({name!r}))"
    said = subprocess.run([sys.executable, "-c", looks], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "True"
    presence.close()
    presence.close()
    assert not seen(name)


def test_it_goes_with_the_process() -> None:
    name = f"test-{uuid4()}"
    makes = f"from tray_agent.platforms.windows.presence import Presence; Presence({name!r})"
    subprocess.run([sys.executable, "-c", makes], check=True)
    assert not seen(name)


def test_two_that_overlap_are_one() -> None:
    name = f"test-{uuid4()}"
    first, second = Presence(name), Presence(name)
    first.close()
    assert seen(name)
    second.close()
    assert not seen(name)


def test_a_name_that_is_taken_costs_the_mark_alone() -> None:
    presence = Presence("a\\name\\that\\cannot\\be")
    assert not seen("a\\name\\that\\cannot\\be")
    presence.close()


def test_an_agent_in_another_session_of_the_same_person_is_named(
    loop: SelectorLoop, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wine has one session: that the agent is in another is arranged by the number it goes by."""
    with monkeypatch.context() as over_there:
        over_there.setattr(identity, "session", lambda: 7)
        server = serve(loop, path, answers, CHANNEL)
    with pytest.raises(AlreadyRunning):  # the files are those of both
        serve(loop, path, answers, CHANNEL)
    with pytest.raises(CommandError) as refused:
        ipc.ask(path, "status", channel=CHANNEL)
    assert refused.value.code is Exit.FAULT
    assert f"{refused.value}" == "Tray Agent cannot be reached: it runs in another session of yours"
    server.close()
    with pytest.raises(CommandError) as refused:
        ipc.ask(path, "status", channel=CHANNEL)
    assert refused.value.code is Exit.NOT_RUNNING


def test_another_copy_in_another_session_is_not_this_one(
    loop: SelectorLoop, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "portable copy" / "runtime" / "agent.sock"
    copy.parent.mkdir(parents=True)
    with monkeypatch.context() as over_there:
        over_there.setattr(identity, "session", lambda: 7)
        server = serve(loop, copy, answers, CHANNEL)
    with pytest.raises(CommandError, match="another session of yours"):
        ipc.ask(copy, "status", channel=CHANNEL)
    with pytest.raises(CommandError, match="not running"):
        ipc.ask(path, "status", channel=CHANNEL)
    server.close()
