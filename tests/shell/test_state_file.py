import math
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tests.support.private import private
from tests.support.refusals import A_FOLDER
from tray_agent.core.model import Break, Cause, Kind
from tray_agent.ports import Clocks
from tray_agent.shell.state_file import Envelope, Gap, StateFile, gap, stored
from tray_agent.shell.state_upgrades import VERSION

HOUR = 3600.0
THEN = Clocks("boot-1", boottime=1000.0, monotonic=900.0, wall=1_700_000_000.0)


@dataclass(frozen=True)
class Tree:
    since: float
    breaks: tuple[Break, ...] = ()
    owed: dict[Kind, float] | None = None
    done: frozenset[Kind] = frozenset()


TREE = Tree(5.0, (Break(1.0, None, Cause.IDLE),), {Kind.GLUTES: 2.0}, frozenset({Kind.HIP_FLEXOR}))


@pytest.fixture
def file(tmp_path: Path) -> StateFile[Tree]:
    return StateFile(tmp_path / "state.json", Tree)


def test_state_comes_back_typed(file: StateFile[Tree], tmp_path: Path) -> None:
    file.save(TREE, 77.0, THEN)
    assert file.load() == (Envelope(VERSION, THEN, 77.0, TREE), None)
    assert private(tmp_path / "state.json")


def test_no_file_is_no_trouble(file: StateFile[Tree]) -> None:
    assert file.load() == (None, None)


UNKNOWN = (
    b"",
    b"{",
    b"\xff",
    b"[]",
    b'{"version": "old"}',
    b'{"version": 1}',
    b'{"version": 1, "state": null}',
    b'{"version": 0, "state": {}}',
    b'{"version": 2}',
)


@pytest.mark.parametrize("content", UNKNOWN)
def test_what_cannot_be_understood_is_set_aside(
    file: StateFile[Tree], tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "state.json").write_bytes(content)
    state, told = file.load()
    assert state is None
    assert told is not None
    assert "state.json.bad" in told
    assert (tmp_path / "state.json.bad").read_bytes() == content
    assert file.load() == (None, None)


def test_state_of_another_version_is_set_aside(file: StateFile[Tree], tmp_path: Path) -> None:
    content = msgspec.json.encode(Envelope(99, THEN, 0.0, TREE))
    (tmp_path / "state.json").write_bytes(content)
    assert file.load()[0] is None
    assert (tmp_path / "state.json.bad").exists()


@dataclass(frozen=True)
class NextTree:
    """What a later version may make of it: one field went, another came."""

    since: float
    owed: dict[Kind, float] | None = None
    done: frozenset[Kind] = frozenset()
    moods: tuple[str, ...] = ("good",)


def test_a_field_that_came_or_went_loses_nothing_else(file: StateFile[Tree], tmp_path: Path) -> None:
    file.save(TREE, 77.0, THEN)
    found, told = StateFile(tmp_path / "state.json", NextTree).load()
    assert told is None
    assert found is not None
    assert found.state == NextTree(5.0, {Kind.GLUTES: 2.0}, frozenset({Kind.HIP_FLEXOR}), ("good",))


def test_it_can_be_looked_at_as_it_lies_there(file: StateFile[Tree], tmp_path: Path) -> None:
    assert stored(tmp_path / "state.json") is None
    file.save(TREE, 77.0, THEN)
    found = stored(tmp_path / "state.json")
    assert (found["now"], found["state"]["breaks"][0]["cause"]) == (77.0, "idle")


def test_unreadable_state_is_left_alone(file: StateFile[Tree], tmp_path: Path) -> None:
    (tmp_path / "state.json").mkdir()
    state, told = file.load()
    assert state is None
    assert told is not None
    assert told.endswith(f"cannot be read: {A_FOLDER}")
    assert (tmp_path / "state.json").is_dir()


def test_state_that_could_not_be_read_back_is_a_bug_and_keeps_the_old_one(file: StateFile[Tree]) -> None:
    file.save(TREE, 1.0, THEN)
    with pytest.raises(msgspec.ValidationError):
        file.save(Tree(math.inf), 2.0, THEN)
    assert file.load()[0] == Envelope(VERSION, THEN, 1.0, TREE)


def later(boot_s: float, awake_s: float, wall_s: float, boot: str = "boot-1") -> Clocks:
    return Clocks(boot, THEN.boottime + boot_s, THEN.monotonic + awake_s, THEN.wall + wall_s)


@pytest.mark.parametrize(
    ("clocks", "told"),
    [
        (later(30, 30, 30), Gap(30.0, slept=False)),
        (later(30, 30, 30 + 3 * HOUR), Gap(30.0, slept=False)),
        (later(30, 30, -3 * HOUR), Gap(30.0, slept=False)),
        (later(8 * HOUR, 60, 8 * HOUR), Gap(8 * HOUR, slept=True)),
        (later(31, 29.5, 31), Gap(31.0, slept=False)),
        (later(HOUR, HOUR - 5, HOUR), Gap(HOUR, slept=False)),
        (later(-900, -890, 600, "boot-2"), Gap(600.0, slept=True)),
        (later(0, 0, -1, "boot-2"), None),
        (later(0, 0, 24 * HOUR + 1, "boot-2"), None),
        (later(24 * HOUR + 1, 60, 0), None),
        (later(-1, -1, 0), None),
    ],
    ids=[
        "killed and restarted",
        "killed while the clock was set forward",
        "killed while the clock was set back",
        "slept",
        "clocks read a moment apart",
        "mostly awake",
        "rebooted",
        "rebooted into the past",
        "rebooted after a day",
        "slept for more than a day",
        "clock ran backward",
    ],
)
def test_gap(clocks: Clocks, told: Gap | None) -> None:
    assert gap(Envelope(VERSION, replace(THEN), 0.0, TREE), clocks) == told
