"""What is told once after a start, as a timeline."""

from __future__ import annotations

from pathlib import Path

from tests.shell.test_agent import MIN, MONDAY_9, Life
from tests.support.fake_loop import FakeLoop
from tests.support.fake_world import FakeMachine
from tray_agent.core.model import Kind, Limits
from tray_agent.ports import Advice, Health, State
from tray_agent.shell.announcements import Announcements

NO_TRAY = Health("tray", State.ABSENT, None, "no panel collects tray icons here")
ADVICE = Advice(
    by_state={
        ("tray", State.ABSENT): "Add “Notification Area” to your panel.",
        ("tray", State.OK): "By the clock.",
    }
)
NO_NOTES = Health("notifier", State.ABSENT, None, "no notification service is running")


class Beginning:
    """The first minutes of an agent, one of many that begin in the same folder."""

    def __init__(self, folder: Path) -> None:
        self.loop = FakeLoop()
        self.life = Life(folder, self.loop, FakeMachine(self.loop, MONDAY_9))
        self.launchers = 0
        self.announcements = Announcements(
            self.loop, self.life.agent, folder, self._make_launcher, lambda: ADVICE
        )

    def _make_launcher(self) -> None:
        self.launchers += 1

    def without_tray(self) -> None:
        self.life.tray.healthy = NO_TRAY

    def told(self) -> list[str]:
        return [note.title for note in self.life.notifier.notes if note.prompt == 0]


def test_with_a_tray_and_no_crash_nothing_is_said(tmp_path: Path) -> None:
    start = Beginning(tmp_path)
    start.announcements.begin()
    start.loop.advance(10 * MIN)
    assert start.told() == []
    assert start.launchers == 0
    assert start.announcements.hint() == ""


def test_a_tray_that_is_missing_for_a_minute_is_told_once_for_good(tmp_path: Path) -> None:
    start = Beginning(tmp_path)
    start.without_tray()
    start.announcements.begin()
    start.loop.advance(59)
    assert start.told() == []
    start.loop.advance(2)
    assert start.told() == ["Tray Agent found no place for its icon"]
    assert "Notification Area" in start.life.notifier.notes[-1].body
    assert "Notification Area" in start.announcements.hint()
    assert start.launchers == 1
    start.life.agent.close()

    again = Beginning(tmp_path)
    again.without_tray()
    again.announcements.begin()
    again.loop.advance(10 * MIN)
    assert again.told() == []
    assert again.launchers == 1


def test_a_tray_that_comes_late_needs_no_hint(tmp_path: Path) -> None:
    start = Beginning(tmp_path)
    start.without_tray()
    start.announcements.begin()
    start.loop.advance(50)
    start.life.tray.healthy = Health("tray", State.OK, "xembed")
    start.announcements.tray_changed()
    start.loop.advance(10 * MIN)
    assert start.told() == []
    start.without_tray()
    start.announcements.tray_changed()
    start.loop.advance(61)
    assert start.told() != []


def test_a_crash_is_told_once_and_its_file_kept(tmp_path: Path) -> None:
    (tmp_path / "crash.txt").write_text("Tray Agent\n")
    start = Beginning(tmp_path)
    start.announcements.begin()
    assert start.told() == ["Something went wrong in Tray Agent"]
    assert (tmp_path / "crash-shown.txt").exists()
    start.life.agent.close()
    again = Beginning(tmp_path)
    again.announcements.begin()
    assert again.told() == []


def test_a_crash_is_told_when_somebody_can_see_it(tmp_path: Path) -> None:
    (tmp_path / "crash.txt").write_text("Tray Agent\n")
    start = Beginning(tmp_path)
    start.life.notifier.healthy = NO_NOTES
    start.announcements.begin()
    start.loop.advance(MIN)
    assert start.told() == []
    start.life.notifier.healthy = Health("notifier", State.OK, "fake")
    start.loop.advance(6)
    assert start.told() == ["Something went wrong in Tray Agent"]


def test_the_safety_check_is_offered_once_after_the_first_movement(tmp_path: Path) -> None:
    start = Beginning(tmp_path)
    start.announcements.moved(Kind.STAND_UP)
    assert start.told() == []
    start.announcements.moved(Kind.HIP_FLEXOR)
    assert start.told() == ["More exercises, if you like"]
    assert start.life.notifier.notes[-1].actions == (("safety", "Safety check"),)
    start.announcements.moved(Kind.GLUTES)
    assert len(start.told()) == 1


def test_whoever_did_the_safety_check_is_offered_none(tmp_path: Path) -> None:
    start = Beginning(tmp_path)
    start.life.agent.limits_said(Limits(cleared=True))
    start.announcements.moved(Kind.GLUTES)
    assert start.told() == []


def test_where_the_system_puts_the_icon_is_known_whether_it_is_there_or_not(tmp_path: Path) -> None:
    start = Beginning(tmp_path)
    assert start.announcements.whereabouts() == "By the clock."
    assert start.announcements.hint() == ""


def test_a_system_that_says_nothing_of_icons_is_spoken_for(tmp_path: Path) -> None:
    start = Beginning(tmp_path)
    plain = Announcements(start.loop, start.life.agent, tmp_path, lambda: None)
    start.without_tray()
    assert plain.whereabouts() == ""
    assert "tray-agent status" in plain.hint()
