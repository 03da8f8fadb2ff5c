from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.support.briefs import FIGURE, FIRST, LEFT, LIFTS, RIGHT, SECOND
from tray_agent.figure.figure import Figure
from tray_agent.ui.breaks import figure_view
from tray_agent.ui.breaks.brief import Step
from tray_agent.ui.breaks.figure_view import FigureView, moment, still_moment, stills
from tray_agent.ui.breaks.sequence import REST_S, Sequence
from tray_agent.ui.look import Look, scheme_palette

pytestmark = pytest.mark.usefixtures("app")

LOOK = Look.of(scheme_palette("light"))
MOTION = msgspec.convert(FIGURE, Figure).motion
TURNING = msgspec.convert({**FIGURE, "loop": True}, Figure).motion


def step(raw: dict[str, Any]) -> Step:
    return msgspec.convert({**raw, "figure": FIGURE}, Step)


def sequence(*raw: dict[str, Any], elapsed_s: float = 0.0, **more: Any) -> Sequence:
    return Sequence(tuple(step(each) for each in raw), elapsed_s=elapsed_s, **more)


def view(*, still: bool = False) -> FigureView:
    made = FigureView(LOOK, still=still)
    made.show_step(step(LEFT))
    made.resize(200, 220)
    return made


def picture(figure: FigureView) -> QImage:
    return figure.grab().toImage()


def test_the_figure_is_on_its_card() -> None:
    figure = view()
    shown = picture(figure)
    colours = {shown.pixelColor(x, y).name() for x in range(200) for y in range(220)}
    assert LOOK.card.name() in colours
    assert len(colours) > 20


def test_it_moves_with_the_hold_and_then_stays() -> None:
    figure, now = view(), sequence(LEFT, preparing=False)
    seen = []
    for elapsed_s in (0.0, 1.0, 3.0, 20.0):
        now.elapsed_s = elapsed_s
        figure.show_moment(now)
        seen.append(picture(figure))
    assert seen[0] != seen[1]
    assert seen[0] == seen[2] == seen[3]  # this motion ends as it began


def test_the_other_side_is_another_picture() -> None:
    figure, now = view(), sequence(LEFT, preparing=False, elapsed_s=1.0)
    figure.show_moment(now)
    left = picture(figure)
    figure.show_step(step(RIGHT))
    figure.show_moment(now)
    assert picture(figure) != left


def test_nothing_is_drawn_while_nothing_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    monkeypatch.setattr(figure_view, "paint", lambda *what: drawn.append(what))
    figure, now = view(), sequence(LEFT, preparing=False)
    figure.show()
    frames = []
    for elapsed_s in (0.0, 0.5, 0.5, 1.2, 1.8, 3.0, 4.0, 20.0):
        now.elapsed_s = elapsed_s
        figure.show_moment(now)
        QCoreApplication.processEvents()
        frames.append(len(drawn))
        drawn.clear()
    assert frames[1:] == [1, 0, 1, 0, 1, 0, 0]  # it stays up for a second, and down from then on


def test_a_screen_reader_hears_the_step() -> None:
    figure = view()
    assert QAccessible.queryAccessibleInterface(figure).role() is QAccessible.Role.Graphic
    assert (figure.accessibleName(), figure.accessibleDescription()) == (
        LEFT["title"],
        " ".join(LEFT["text"]),
    )


def test_a_step_without_a_figure_leaves_the_room_to_the_words() -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    figure = view()
    column.addWidget(figure)
    figure.show_step(msgspec.convert(LEFT, Step))
    assert figure.isHidden()
    figure.show_step(step(LEFT))
    assert not figure.isHidden()


def test_other_colours_are_taken_at_once() -> None:
    figure = view()
    light = picture(figure)
    figure.dye(Look.of(scheme_palette("dark")))
    assert picture(figure) != light


@pytest.mark.parametrize(
    ("elapsed_s", "expected"), [(0.0, 0.0), (2.5, 1.5), (5.0, 0.0), (7.5, 1.5), (49.0, 2.4)]
)
def test_a_rep_is_one_turn_of_the_motion(elapsed_s: float, expected: float) -> None:
    now = sequence({**LIFTS, "rep_s": 5.0}, preparing=False, elapsed_s=elapsed_s)
    assert moment(MOTION, now) == pytest.approx(expected)
    assert moment(TURNING, now) == pytest.approx(expected)


def test_a_hold_moves_once_and_a_loop_on_and_on() -> None:
    now = sequence(LEFT, preparing=False, elapsed_s=4.0)
    assert moment(MOTION, now) == 3.0
    assert moment(TURNING, now) == pytest.approx(1.0)


def test_getting_ready_shows_it_again_and_again() -> None:
    assert [moment(MOTION, sequence(LEFT, elapsed_s=s)) for s in (1.0, 3.0, 4.9, 5.0, 6.0)] == [1, 3, 3, 0, 1]


def test_a_rest_is_quiet() -> None:
    resting = sequence(FIRST, SECOND, index=1, elapsed_s=REST_S / 2)
    assert moment(MOTION, resting) == 0.0


def test_a_motion_of_one_position_has_no_time() -> None:
    single = msgspec.convert({**FIGURE, "keyframes": FIGURE["keyframes"][:1]}, Figure).motion
    assert moment(single, sequence(LEFT, preparing=False, elapsed_s=4.0)) == 0.0


def test_still_it_goes_from_position_to_position() -> None:
    assert stills(MOTION) == [0.0, 1.0]
    assert still_moment(MOTION, sequence(LEFT)) == 0.0
    assert still_moment(MOTION, sequence(LEFT, preparing=False)) == 1.0
    reps = [still_moment(MOTION, sequence(LIFTS, preparing=False, elapsed_s=s)) for s in (0.0, 2.0, 3.0, 5.0)]
    assert reps == [0.0, 0.0, 1.0, 0.0]
    figure, now = view(still=True), sequence(LEFT)
    figure.show_moment(now)
    before = picture(figure)
    now.elapsed_s = 0.7
    figure.show_moment(now)
    assert picture(figure) == before
