"""Who shows a note: the service while it takes notes, the last resort while it does not."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.fake_world import FakeNotifier
from tray_agent.platforms.notifier_chain import NotifierChain
from tray_agent.ports import Health, Note, State

NOTE = Note(1, "Time to stand up", "45 min", (("start", "Start"),))


class Native(FakeNotifier):
    """Takes notes only while it is `up`."""

    def __init__(self, refused: Callable[[Note], object]) -> None:
        super().__init__()
        self.up = True
        self._refused = refused

    def show(self, note: Note) -> None:
        if self.up:
            super().show(note)
        else:
            self._refused(note)

    def health(self) -> Health:
        return Health("notifier", State.OK if self.up else State.ABSENT, "native")


class Scene:
    def __init__(self) -> None:
        self.natives: list[Native] = []
        self.resorts: list[FakeNotifier] = []
        self.chain = NotifierChain(self._native, self._resort)
        self.native = self.natives[0]

    def _native(self, refused: Callable[[Note], object]) -> Native:
        self.natives.append(Native(refused))
        return self.natives[-1]

    def _resort(self) -> FakeNotifier:
        self.resorts.append(FakeNotifier())
        return self.resorts[-1]


def test_the_last_resort_is_not_even_made_while_it_is_not_needed() -> None:
    scene = Scene()
    scene.chain.show(NOTE)
    scene.chain.withdraw()
    assert (scene.native.notes, scene.resorts) == ([NOTE], [])
    assert scene.chain.health().source == "native"
    scene.chain.close()


def test_refused_notes_go_to_the_last_resort_until_the_service_is_back() -> None:
    scene = Scene()
    scene.native.up = False
    assert scene.chain.health().state is State.ABSENT
    scene.chain.show(NOTE)
    scene.chain.show(NOTE)
    assert [resort.notes for resort in scene.resorts] == [[NOTE, NOTE]]
    assert scene.chain.health().source == "fake"
    scene.native.up = True
    scene.chain.show(NOTE)
    assert scene.native.notes == [NOTE]
    assert len(scene.resorts[0].notes) == 2
    assert scene.chain.health().source == "native"


def test_withdrawing_and_closing_reach_both() -> None:
    scene = Scene()
    scene.chain.show(NOTE)
    scene.native.up = False
    scene.chain.show(NOTE)
    scene.chain.withdraw()
    assert (scene.native.shown, scene.resorts[0].shown) == (None, None)
    scene.chain.show(NOTE)
    scene.chain.close()
    assert scene.resorts[0].shown is None
