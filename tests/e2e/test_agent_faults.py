"""Daemons come and go and disks fill while a person works: noticed, told, recovered from, nothing lost."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from sqlite3 import connect

import pytest

from tests.e2e.conftest import NewAgent
from tests.e2e.test_agent_day import Sitting
from tests.support.desktop import Desktop
from tests.support.disks import BoundAgent, SmallDisk, full_disk
from tests.support.faults import Fault, part
from tests.support.live_agent import ALWAYS, LiveAgent, Memory, at_work
from tests.support.mortal_desktop import MortalDesktop
from tests.support.private_bus import PrivateBus
from tests.support.waiting import wait_until
from tests.support.x_clients import clients, cut_off, free_contexts

BARE = {"panel", "dunst", "openbox"}
HOW = [signal.SIGKILL, signal.SIGTERM]


@pytest.fixture
def own_desk() -> Iterator[Desktop]:
    """A desktop that this test may ruin."""
    with Desktop(without={"openbox"}) as desk:
        yield desk


def cpu_s(pid: int) -> float:
    """Processor time the process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("how", HOW)
def test_a_notification_service_that_dies_under_a_prompt_shows_it_again(
    desk: Desktop, agent: LiveAgent, morning: Memory, how: signal.Signals
) -> None:
    with Sitting(agent, morning) as sitting:
        sitting.prompted()
        fault = Fault(agent, "notification service", how.name)
        desk.kill("dunst", how)
        fault.noticed("notifier", "absent", "degraded", "lost")
        fault.over()
        desk.start("dunst")
        fault.recovered("notifier")
        assert sitting.prompted()["prompt"]["id"] == 1
        assert sitting.answered("snooze")["today"]["prompts"] == 1
    assert [row[:2] for row in agent.rows("prompts")] == [("hip_flexor", "snoozed")]
    fault.lost("nothing; the prompt was shown again")


@pytest.mark.parametrize("how", HOW)
def test_a_panel_that_dies_gets_the_icon_again(desk: Desktop, agent: LiveAgent, how: signal.Signals) -> None:
    agent.start()
    wait_until(lambda: part(agent, "tray")["state"] == "ok", "the icon")
    fault = Fault(agent, "panel", how.name)
    desk.kill("panel", how)
    fault.noticed("tray", "absent", "degraded", "lost")
    fault.over()
    desk.start("panel")
    fault.recovered("tray")
    assert len(desk.tray_items()) == 1
    fault.lost("nothing")


@pytest.mark.parametrize("how", HOW)
def test_a_session_bus_that_dies_under_a_prompt_and_comes_back(
    own_desk: Desktop, morning: Memory, how: signal.Signals
) -> None:
    agent = LiveAgent(own_desk)
    with Sitting(agent, morning) as sitting:
        sitting.prompted()
        fault = Fault(agent, "session bus, same address", how.name)
        own_desk.kill("bus", how)
        for name in ("tray", "notifier"):
            assert "no message bus" in fault.noticed(name, "lost")["reason"]
        for name in ("panel", "dunst"):
            own_desk.kill(name)
        own_desk._start_bus("DBUS_SESSION_BUS_ADDRESS", "bus")
        fault.over()
        for name in ("panel", "dunst"):
            own_desk.start(name)
        fault.recovered("notifier", "tray")
        assert sitting.prompted()["prompt"]["id"] == 1
        assert len(own_desk.tray_items()) == 1
        seen = sitting.answered("snooze")
        assert (seen["posture"], seen["today"]["prompts"], seen["today"]["breaks"]) == ("seated", 1, 0)
    fault.lost("nothing; the prompt was shown again")


def test_a_session_bus_that_moves_to_the_persons_own_door_is_found_there(own_desk: Desktop) -> None:
    door = own_desk.env["DBUS_SESSION_BUS_ADDRESS"]
    agent = LiveAgent(own_desk)
    with PrivateBus() as first:
        own_desk.env["DBUS_SESSION_BUS_ADDRESS"] = first.address
        agent.start()
        own_desk.env["DBUS_SESSION_BUS_ADDRESS"] = door
        # On that bus there is no panel; the display has one that takes icons the X way.
        wait_until(lambda: part(agent, "tray")["source"] == "xembed", "the first bus to be used")
        fault = Fault(agent, "session bus, another address, X tray there", "SIGKILL")
        first.kill()
        fault.noticed("notifier", "lost")
        fault.over()
        fault.recovered("notifier")
        wait_until(lambda: part(agent, "tray")["source"] == "status_notifier", "the icon to move back")
    fault.lost("nothing")
    assert agent.end() == 0


def test_without_a_bus_for_good_it_goes_on_watching_and_costs_nothing() -> None:
    with Desktop(without=BARE) as desk:
        agent = LiveAgent(desk)
        agent.start()
        fault = Fault(agent, "session bus, for good", "SIGKILL")
        desk.kill("bus")
        fault.noticed("tray", "lost")
        with at_work(desk.display):
            agent.until(lambda now: now["sitting_s"] >= 1, "sitting to be seen")
        before, later = cpu_s(agent.pid), time.monotonic() + 3
        wait_until(lambda: time.monotonic() > later, "three seconds without anybody")
        used = cpu_s(agent.pid) - before
        assert used <= 0.03
        fault.lost(f"icon and notes; {used / 3:.1%} of a processor")
        assert agent.end() == 0


@pytest.mark.parametrize("how", HOW)
def test_when_the_x_server_dies_the_agent_leaves_with_everything_saved(
    morning: Memory, how: signal.Signals
) -> None:
    with MortalDesktop(without={"panel", "openbox"}) as desk:
        agent = LiveAgent(desk)
        with Sitting(agent, morning, speed=30) as sitting:
            before = sitting.prompted()
        fault = Fault(agent, "X server", how.name)
        process = agent.process
        assert process is not None
        killed = time.monotonic()
        desk.kill("display", how)
        assert process.wait(5) == 0
        left_s = time.monotonic() - killed
        agent.process = None
        assert "Traceback" not in desk.log("agent")
        assert "the display is gone" in (agent.state / "agent.log").read_text()
        assert not agent.socket.exists()
        assert not (agent.state / "crash.txt").exists()
        desk.start("display")
        with at_work(desk.display):
            agent.start()
            after = agent.until(lambda now: now["posture"] == "seated", "sitting to be seen again")
        assert after["today"]["prompts"] == before["today"]["prompts"] == 1
        assert after["today"]["breaks"] == 0
        assert after["sitting_s"] >= before["sitting_s"]
        assert agent.end() == 0
    fault.lost(f"nothing: exit 0 after {left_s:.1f} s, the bout went on in the next session")


def test_x_connections_that_are_cut_off_are_made_again(
    desk: Desktop, agent: LiveAgent, morning: Memory
) -> None:
    with Sitting(agent, morning) as sitting:
        sitting.prompted()
        fault = Fault(agent, "listener and idle counter", "XKillClient")
        before = clients(desk.display, agent.pid)
        assert len(cut_off(desk.display, agent.pid)) >= 2
        fault.noticed("counter", "lost")
        fault.noticed("pynput", "lost")
        fault.recovered("counter", "pynput")
        assert len(clients(desk.display, agent.pid)) == len(before)
        now = agent.status()
        assert (now["posture"], now["prompt"] and now["prompt"]["id"]) == ("seated", 1)
        assert sitting.answered("skip")["today"]["breaks"] == 0
    fault.lost("nothing; the prompt stayed")


@pytest.mark.parametrize("source", ["auto", "pynput"])
def test_a_listener_whose_context_was_freed_is_replaced_before_anybody_is_there(
    desk: Desktop, new_agent: NewAgent, source: str
) -> None:
    agent = new_agent(f'{ALWAYS}activity.source = "{source}"\n')
    with at_work(desk.display):
        agent.start(speed=60)
        agent.until(lambda now: now["posture"] == "seated", "sitting to be seen")
    agent.until(lambda now: now["posture"] == "away", "the absence to be seen")
    fault = Fault(agent, f"RECORD context, source {source}", "XRecordFreeContext")
    free_contexts(desk.display, agent.pid)
    fault.noticed("pynput", "lost")
    fault.recovered("pynput")
    assert agent.status()["posture"] == "away", "the end of the context is no input"
    with at_work(desk.display):
        agent.until(lambda now: now["posture"] == "seated", "the return to be seen")
    fault.lost("nothing")


class Disk(ExitStack):
    """Where an agent keeps all it has, until the disk takes no more.

    Everywhere that is a limit put on the process; where this user may mount, it is a real one, too.
    """

    KINDS = ("limited", "mounted") if SmallDisk.possible() else ("limited",)

    def __init__(self, agent: LiveAgent, kind: str) -> None:
        super().__init__()
        self._agent = agent
        self._small = SmallDisk(agent.home) if kind == "mounted" else None
        self._limit = ExitStack()
        if self._small is not None:
            self.enter_context(self._small.mounted())
            agent.settings.parent.mkdir()

    def fill(self) -> None:
        """From now on, not a byte more."""
        if self._small is not None:
            # A reader keeps the history's log in place, which would make room when it goes.
            reader = self._limit.enter_context(closing(connect(self._agent.state / "history.sqlite3")))
            reader.execute("SELECT * FROM prompts").fetchall()
            self._small.fill()
        else:
            self._limit.enter_context(full_disk(self._agent))

    def free(self) -> None:
        """There is room again."""
        if self._small is not None:
            self._small.free()
        self._limit.close()


@pytest.mark.parametrize("kind", Disk.KINDS)
def test_a_full_disk_is_told_and_what_waited_is_written_later(
    desk: Desktop, agent: LiveAgent, morning: Memory, kind: str
) -> None:
    with Disk(agent, kind) as disk:
        agent.settings.write_text(ALWAYS)
        with Sitting(agent, morning) as sitting:
            sitting.prompted()
            fault = Fault(agent, f"full disk ({kind})", "no byte more")
            disk.fill()
            assert sitting.answered("skip")["today"]["skipped"] == 1
            for name in ("snapshot", "history"):
                fault.noticed(name, "degraded")
            if kind == "mounted":
                fault.noticed("settings", "degraded")
                refused = desk.tray_agent("set", "insistence", "icon")
                assert refused.returncode == 1
                assert re.fullmatch(f".*{agent.settings.parent}.*\n", refused.stderr), "one sentence"
            assert agent.settings.read_text() == ALWAYS
            assert agent.rows("prompts") == []
            disk.free()
            fault.over()
            agent.ask("standing")
            fault.recovered("snapshot", "history", "settings")
            assert [row[:2] for row in agent.rows("prompts")] == [("hip_flexor", "skipped")]
            saved = json.loads((agent.state / "state.json").read_text())
            assert saved["state"]["estimator"]["standing_since"] is not None
        assert "Traceback" not in desk.log("agent")
        assert agent.end() == 0
    fault.lost("nothing; the answer given meanwhile was written later")


@pytest.fixture
def bound(desk: Desktop) -> Iterator[BoundAgent]:
    """An agent that may not write what is read-only."""
    agent = BoundAgent(desk, f"bound{time.monotonic_ns()}")
    yield agent
    agent.kill()
    for folder in (agent.state, agent.settings.parent):
        folder.chmod(0o700)


def test_folders_that_become_read_only_are_told_and_used_again(bound: BoundAgent) -> None:
    bound.start()
    fault = Fault(bound, "state and config folders", "read-only")
    for folder in (bound.state, bound.settings.parent):
        folder.chmod(0o500)
    bound.ask("standing")
    fault.noticed("snapshot", "degraded")
    fault.noticed("settings", "degraded")
    refused = bound.run("set", "insistence", "icon")
    assert refused.returncode == 1
    assert re.fullmatch(f".*{bound.settings.parent}.*cannot be .*\n", refused.stderr), "one sentence"
    for folder in (bound.state, bound.settings.parent):
        folder.chmod(0o700)
    fault.over()
    bound.ask("sitting")
    fault.recovered("snapshot", "settings")
    assert bound.run("set", "insistence", "icon").returncode == 0
    fault.lost("nothing")
    assert bound.end() == 0


def test_with_an_unwritable_state_folder_it_begins_in_memory(bound: BoundAgent) -> None:
    bound.state.mkdir(mode=0o500)
    bound.start()
    fault = Fault(bound, "state folder, from the start", "read-only")
    for name in ("snapshot", "history"):
        fault.noticed(name, "degraded")
    bound.ask("standing")
    assert list(bound.state.iterdir()) == []
    bound.state.chmod(0o700)
    fault.over()
    bound.ask("sitting")
    fault.recovered("snapshot", "history")
    assert {"state.json", "history.sqlite3"} <= {file.name for file in bound.state.iterdir()}
    fault.lost("nothing since the start")
    assert bound.end() == 0


def test_a_runtime_folder_that_becomes_read_only_changes_nothing_but_the_good_bye(
    bound: BoundAgent,
) -> None:
    bound.start()
    bound.socket.parent.chmod(0o500)
    try:
        assert bound.status()
        assert bound.end() == 0
    finally:
        bound.socket.parent.chmod(0o700)
    bound.start()


def test_a_home_that_is_not_there_yet_is_used_once_it_is(bound: BoundAgent) -> None:
    bound.state.write_text("in the way")
    bound.start()
    fault = Fault(bound, "state folder, from the start", "a file in its place")
    fault.noticed("snapshot", "degraded")
    bound.state.unlink()
    fault.over()
    bound.ask("standing")
    fault.recovered("snapshot", "history")
    fault.lost("nothing since the start")
    assert bound.end() == 0
