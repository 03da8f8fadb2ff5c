from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel

from tests.support.briefs import FIGURE, FIRST, LEFT, LIFTS, RIGHT, SECOND, WALK
from tray_agent.ui.breaks.break_buttons import Act, Buttons
from tray_agent.ui.breaks.break_face import BreakFace
from tray_agent.ui.breaks.brief import Step
from tray_agent.ui.breaks.proportions import USUAL
from tray_agent.ui.breaks.sequence import Sequence
from tray_agent.ui.look import Look, scheme_palette

pytestmark = pytest.mark.usefixtures("app")

LOOK = Look.of(scheme_palette("light"))
SMALL = QSize(642, 345)


class Faced:
    """A face and the sequence it shows."""

    def __init__(self, *raw: dict[str, Any], still: bool = False, size: QSize = USUAL, **more: Any) -> None:
        steps = tuple(msgspec.convert({"figure": FIGURE, **each}, Step) for each in raw)
        self.sequence = Sequence(steps, **more)
        buttons = Buttons((Act("&Stop", lambda: None),), (Act("&Done", lambda: None),))
        self.face = BreakFace("Hip-flexor stretch", LOOK, buttons, still=still)
        self.face.fit(size)
        self.face.resize(size)
        self.face.legend("Space pauses")
        self.face.show_phase(self.sequence)

    def time(self, seconds: float) -> None:
        if self.sequence.advance(seconds):
            self.face.show_phase(self.sequence)
        self.face.show_time(self.sequence)

    @property
    def words(self) -> list[str]:
        labels = self.face.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisibleTo(self.face) and label.text()]

    @property
    def ring(self) -> str:
        return self.face.dial.accessibleName()


def test_shows_what_to_do_where_one_is_and_what_comes() -> None:
    shown = Faced(LEFT, RIGHT, preparing=False).words
    for expected in (
        "Hip-flexor stretch",
        "Split-stance stretch",
        "Hold",
        "Left side",
        "Step 1 of 2",
        "Next: Split-stance stretch, right side, 30 seconds",
        "Stand beside the desk.",
    ):
        assert expected in shown


def test_the_words_go_with_the_phase() -> None:
    faced = Faced(LEFT, RIGHT)
    assert "Get ready" in faced.words
    faced.time(41.0)
    assert "Switch sides" in faced.words
    assert "Right side" in faced.words
    assert faced.face.track.value() == 1


def test_sets_and_sides_are_shown_where_there_are_any() -> None:
    assert "Set 1 of 2" in Faced(FIRST, SECOND).words
    assert not {"Left side", "Set 1 of 1"} & set(Faced(WALK).words)


def test_the_ring_is_read_in_words_every_ten_seconds() -> None:
    faced = Faced(LEFT, preparing=False)
    read = []
    for _second in range(29):
        read.append(faced.ring)
        faced.time(1.0)
    assert list(dict.fromkeys(read)) == ["30 seconds left", "20 seconds left", "10 seconds left"]


def test_a_pause_is_shown_and_read_at_once() -> None:
    faced = Faced(LEFT, preparing=False)
    faced.time(3.4)
    faced.sequence.paused = True
    faced.face.show_time(faced.sequence)
    assert "Paused" in faced.words
    assert faced.ring == "27 seconds left Paused"


def test_reps_are_counted_up() -> None:
    faced = Faced(LIFTS, preparing=False)
    before = faced.face.dial.grab().toImage()
    faced.time(6.0)
    assert faced.face.dial.grab().toImage() != before
    assert faced.face.dial._figure == "2"


def test_still_moves_once_a_second() -> None:
    faced = Faced(LIFTS, still=True, preparing=False)
    before = faced.face.grab().toImage()
    faced.time(0.4)
    assert faced.face.grab().toImage() == before


def test_figure_ring_and_track_are_really_drawn() -> None:
    faced = Faced(LEFT, preparing=False)
    faced.time(15.0)
    for part in (faced.face.figure, faced.face.dial, faced.face.track):
        image = part.grab().toImage()
        colours = {
            image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(image.height())
        }
        assert len(colours) > 3
    accent = LOOK.accent.name()
    ring = faced.face.dial.grab().toImage()
    assert accent in {ring.pixelColor(x, ring.height() // 2).name() for x in range(ring.width() // 4)}


def test_a_small_window_gives_up_the_hint_about_keys_but_no_word_of_what_comes() -> None:
    assert "Space pauses" in Faced(LEFT, RIGHT).words
    small = Faced(LEFT, RIGHT, size=SMALL).words
    assert "Space pauses" not in small
    assert "Next: Split-stance stretch, right side, 30 seconds" in small


@pytest.mark.parametrize("size", [SMALL, USUAL, QSize(3600, 1900)])
def test_no_button_is_ever_cut(size: QSize) -> None:
    faced = Faced({**LEFT, "title": "A most unusually long name for an exercise"}, size=size)
    faced.face.show()
    faced.face.resize(size)
    for button in faced.face.buttons.all:
        assert faced.face.rect().contains(
            button.rect().translated(button.mapTo(faced.face, button.rect().topLeft()))
        )
        assert button.width() >= button.minimumSizeHint().width()
    faced.face.hide()


def test_larger_windows_have_larger_type() -> None:
    usual, large = Faced(LEFT), Faced(LEFT, size=USUAL * 2)
    assert large.face._name.font().pointSizeF() == pytest.approx(2 * usual.face._name.font().pointSizeF())


def test_other_colours_reach_every_part() -> None:
    faced = Faced(LEFT)
    dark = Look.of(scheme_palette("dark"))
    faced.face.dye(dark)
    assert faced.face.figure.look is faced.face.dial.look is faced.face.track.look is dark
