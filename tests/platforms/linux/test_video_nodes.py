"""PipeWire 0.3.65 with GStreamer's streams; a fake one for what the real one does only in bad moments."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.fake_loop import FakeLoop
from tests.support.fake_pipewire import FakePipeWire, info, message, node
from tests.support.sound_servers import PipeWire
from tests.support.turning import turn_for, turn_until
from tests.support.video_streams import VideoStreams
from tray_agent.platforms.linux import video_nodes
from tray_agent.platforms.linux.pipewire_pod import integer, text
from tray_agent.platforms.linux.video_nodes import PATIENCE_S, RETRY_AFTER_S, Use, VideoNodes, use_of
from tray_agent.shell.loop import SelectorLoop

CLASS, ROLE, DEVICE = b"media.class", b"media.role", b"device.id"
SUSPENDED, RUNNING = 1, 3


class Watched:
    """Video nodes as one follower saw them; `answers` counts those to its looks."""

    def __init__(self, loop: SelectorLoop) -> None:
        self.loop = loop
        self.nodes = VideoNodes(loop)
        self.changes: list[tuple[frozenset[Use], str | None]] = []
        self.answers = 0
        self.unfollow = self.nodes.follow(self._changed)

    def _changed(self) -> None:
        self.changes.append((self.nodes.running, self.nodes.problem))

    def _answered(self) -> None:
        self.answers += 1

    def becomes(self, running: set[Use], problem: str | None = None) -> None:
        """Wait until this is what is known, without a look."""

        def so() -> bool:
            said = self.nodes.problem
            fits = said is None if problem is None else said is not None and said.startswith(problem)
            return fits and self.nodes.running == running

        turn_until(self.loop, so, f"{running}, {problem}")

    def look(self) -> float:
        """Look; the seconds until the answer."""
        before, began = self.answers, time.monotonic()
        self.nodes.look(self._answered)
        assert self.answers == before
        turn_until(self.loop, lambda: self.answers > before, "an answer")
        return time.monotonic() - began


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine is no silent PipeWire; tests of patience set their own."""
    monkeypatch.setattr(video_nodes, "PATIENCE_S", 20.0)


@pytest.fixture(scope="module")
def pipewire() -> Iterator[PipeWire]:
    with PipeWire(pulse=False) as pipewire:
        yield pipewire


@pytest.fixture
def watched(loop: SelectorLoop, pipewire: PipeWire, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    monkeypatch.setenv("XDG_RUNTIME_DIR", f"{pipewire.runtime}")
    watched = Watched(loop)
    watched.becomes(set())
    yield watched
    watched.nodes.close()


@pytest.fixture
def streams(pipewire: PipeWire, tmp_path: Path) -> VideoStreams:
    return VideoStreams(pipewire.env, tmp_path)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePipeWire]:
    with FakePipeWire() as fake:
        monkeypatch.setenv("PIPEWIRE_REMOTE", f"{fake.door}")
        yield fake


@pytest.mark.parametrize(
    ("properties", "use"),
    [
        ({CLASS: b"Stream/Output/Video"}, Use.SCREEN),
        ({CLASS: b"Video/Source"}, Use.SCREEN),
        ({CLASS: b"Video/Source", ROLE: b"Screen"}, Use.SCREEN),
        ({CLASS: b"Video/Source", ROLE: b"Camera"}, Use.CAMERA),
        ({CLASS: b"Video/Source", DEVICE: b"41"}, Use.CAMERA),
        ({CLASS: b"Stream/Output/Video", ROLE: b"Camera"}, Use.CAMERA),
        ({CLASS: b"Stream/Input/Video"}, None),
        ({CLASS: b"Audio/Source"}, None),
        ({CLASS: b"Audio/Sink", DEVICE: b"41"}, None),
        ({}, None),
    ],
)
def test_what_a_node_gives(properties: dict[bytes, bytes], use: Use | None) -> None:
    assert use_of(properties) is use


def test_a_stream_counts_while_somebody_takes_it(watched: Watched, streams: VideoStreams) -> None:
    with (
        streams.source("screen", media_class="Video/Source") as screen,
        streams.source("cam", media_class="Video/Source", media_role="Camera") as camera,
    ):
        watched.look()
        assert watched.nodes.running == set()
        with streams.taken(screen):
            watched.becomes({Use.SCREEN})
            with streams.taken(camera):
                watched.becomes({Use.SCREEN, Use.CAMERA})
            watched.becomes({Use.SCREEN})
        watched.becomes(set())


def test_a_source_that_dies_while_it_is_taken_is_over(watched: Watched, streams: VideoStreams) -> None:
    with streams.source("screen", media_class="Video/Source") as screen:
        taken = streams.taken(screen)
        taken.__enter__()
        watched.becomes({Use.SCREEN})
    watched.becomes(set())
    taken.__exit__(None, None, None)


def test_what_runs_already_is_known_with_the_first_answer(
    watched: Watched, streams: VideoStreams, loop: SelectorLoop
) -> None:
    with streams.source("screen", media_class="Video/Source") as screen, streams.taken(screen):
        watched.becomes({Use.SCREEN})
        late = Watched(loop)
        late.look()
        assert late.nodes.running == {Use.SCREEN}
        late.nodes.close()


def test_looks_are_answered_at_once_and_change_nothing(watched: Watched) -> None:
    seen = len(watched.changes)
    assert max(watched.look() for _ in range(20)) < 1.0
    assert len(watched.changes) == seen


def test_a_frozen_server_is_waited_for_within_a_second(
    watched: Watched, pipewire: PipeWire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(video_nodes, "PATIENCE_S", PATIENCE_S)
    with pipewire.frozen():
        assert watched.look() < 1.5  # the machine may be slow; 0.8 s are ours
        assert watched.nodes.problem == "PipeWire does not answer"
        watched.look()
    watched.becomes(set())


def test_a_server_that_dies_and_returns_is_found_again(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with PipeWire(pulse=False) as pipewire:
        monkeypatch.setenv("XDG_RUNTIME_DIR", f"{pipewire.runtime}")
        watched = Watched(loop)
        watched.becomes(set())
        streams = VideoStreams(pipewire.env, tmp_path)
        with streams.source("screen", media_class="Video/Source") as screen, streams.taken(screen):
            watched.becomes({Use.SCREEN})
            pipewire.kill()
            watched.becomes(set(), "")
        assert watched.nodes.was_there
        pipewire.start()
        watched.becomes(set())
        watched.nodes.close()


def test_it_tries_again_by_itself_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIPEWIRE_REMOTE", "/nowhere/pipewire-0")
    loop = FakeLoop()
    nodes = VideoNodes(loop)
    moments = []
    while loop.pending():
        moments += loop.pending()
        loop.advance_to(moments[-1])
    assert moments == [sum(RETRY_AFTER_S[: n + 1]) for n in range(len(RETRY_AFTER_S))]
    assert not nodes.was_there
    nodes.close()


def test_where_none_is_a_look_finds_one_that_has_come(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch, fake: FakePipeWire
) -> None:
    monkeypatch.setenv("PIPEWIRE_REMOTE", "/nowhere/pipewire-0")
    watched = Watched(loop)
    watched.look()
    assert watched.nodes.problem is not None
    monkeypatch.setenv("PIPEWIRE_REMOTE", f"{fake.door}")
    watched.nodes.look(lambda: None)
    fake.accept()
    fake.say(node(7, media_class="Audio/Sink"))
    _answer_syncs(watched, fake)
    assert watched.nodes.problem is None
    watched.nodes.close()


def test_a_node_is_asked_for_its_state_before_a_look_is_answered(
    loop: SelectorLoop, fake: FakePipeWire
) -> None:
    watched = Watched(loop)
    fake.accept()
    fake.say(node(31, media_class="Video/Source", node_name="secret"), node(32, media_class="Audio/Sink"))
    turn_until(loop, lambda: (2, 1, [31, 3, 3]) in fake.answer_sync(), "a bind of the video node alone")
    watched.nodes.look(watched._answered)
    for _ in range(3):
        fake.answer_sync()
        turn_for(loop, 0.1)
    assert watched.answers == 0
    fake.say(info(3, RUNNING))
    _answer_syncs(watched, fake)
    turn_until(loop, lambda: watched.answers == 1, "the answer")
    assert watched.nodes.running == {Use.SCREEN}
    fake.say(info(3, SUSPENDED))
    watched.becomes(set())
    watched.nodes.close()


def test_a_node_that_is_gone_before_it_was_asked_holds_nothing_up(
    loop: SelectorLoop, fake: FakePipeWire
) -> None:
    watched = Watched(loop)
    fake.accept()
    fake.say(node(31, media_class="Video/Source"))
    fake.say(message(0, 3, integer(3), integer(1), integer(-2), text("no global 31")))
    _answer_syncs(watched, fake)
    assert watched.nodes.running == set()
    watched.nodes.close()


def test_numbers_that_are_used_again_are_not_mixed_up(loop: SelectorLoop, fake: FakePipeWire) -> None:
    watched = Watched(loop)
    fake.accept()
    fake.say(node(31, media_class="Video/Source"), info(3, RUNNING))
    _answer_syncs(watched, fake)
    watched.becomes({Use.SCREEN})
    fake.say(message(2, 1, integer(31)), node(31, media_class="Video/Source", media_role="Camera"))
    fake.say(info(4, RUNNING))
    watched.becomes({Use.CAMERA})
    watched.nodes.close()


def test_a_server_that_shows_nothing_is_not_believed(
    loop: SelectorLoop, fake: FakePipeWire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(video_nodes, "PATIENCE_S", PATIENCE_S)
    watched = Watched(loop)
    fake.accept()
    watched.nodes.look(watched._answered)
    began = time.monotonic()
    while not watched.answers:
        fake.answer_sync()
        loop.step(0.02)
        assert time.monotonic() < began + 10
    assert watched.nodes.problem == "PipeWire does not answer"
    fake.asked()
    turn_for(loop, 0.2)
    assert not fake.asked()  # nothing is asked once nobody waits
    fake.say(node(7, media_class="Audio/Sink"))
    watched.nodes.look(lambda: None)
    _answer_syncs(watched, fake)
    watched.nodes.close()


@pytest.mark.parametrize(
    "nonsense",
    [
        message(2, 0, integer(1)),
        message(2, 0, integer(31), integer(8), text("PipeWire:Interface:Node"), integer(3), integer(0)),
        message(2, 1),
        message(3, 0, integer(1)),
        message(3, 0, *[text("x")] * 7),
    ],
    ids=["a short global", "no dictionary", "no number", "a short node", "no state"],
)
def test_nonsense_is_a_loss_that_is_made_good(
    loop: SelectorLoop, fake: FakePipeWire, nonsense: bytes
) -> None:
    watched = Watched(loop)
    fake.accept()
    fake.say(node(31, media_class="Video/Source"), info(3, RUNNING))
    _answer_syncs(watched, fake)
    fake.say(nonsense)
    watched.becomes(set(), "PipeWire sent nonsense")
    watched.nodes.look(lambda: None)
    fake.accept()
    fake.say(node(7, media_class="Audio/Sink"))
    _answer_syncs(watched, fake)
    watched.nodes.close()


def test_closed_it_hears_and_tries_nothing(loop: SelectorLoop, fake: FakePipeWire) -> None:
    watched = Watched(loop)
    fake.accept()
    watched.nodes.look(watched._answered)
    watched.nodes.close()
    watched.nodes.close()
    fake.hang_up()
    turn_for(loop, 0.3)
    assert not watched.changes
    assert not watched.answers


def test_who_stopped_following_is_told_no_more(loop: SelectorLoop, fake: FakePipeWire) -> None:
    watched = Watched(loop)
    watched.unfollow()
    watched.unfollow()
    fake.accept()
    fake.say(node(7, media_class="Audio/Sink"))
    _answer_syncs(watched, fake)
    assert not watched.changes
    watched.nodes.close()


def test_no_name_is_kept(watched: Watched, streams: VideoStreams) -> None:
    name = "letter-to-my-doctor"
    with streams.source(name, media_class="Video/Source", media_name=name) as screen, streams.taken(screen):
        watched.becomes({Use.SCREEN})
        watched.look()
        kept = [thing for thing in _reachable(watched.nodes) if _speaks_of(thing, name)]
        assert not kept
        assert any(_speaks_of(thing, "screen") for thing in _reachable(["screen"]))


def _answer_syncs(watched: Watched, fake: FakePipeWire) -> None:
    """The fake answers until the client is content."""
    give_up = time.monotonic() + 10
    while watched.nodes.problem is not None:
        fake.answer_sync()
        watched.loop.step(0.02)
        assert time.monotonic() < give_up, watched.nodes.problem


def _reachable(start: object) -> Iterator[object]:
    """Everything the agent's own objects lead to, code and modules aside."""
    seen: set[int] = set()
    left = [start]
    while left:
        thing = left.pop()
        if id(thing) in seen or type(thing).__name__ in ("module", "type", "frame"):
            continue
        seen.add(id(thing))
        yield thing
        left += gc.get_referents(thing)


def _speaks_of(thing: object, name: str) -> bool:
    return (isinstance(thing, str) and name in thing) or (
        isinstance(thing, bytes | bytearray) and name.encode() in thing
    )
