from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tray_agent.ui.look import Look, scheme_palette
from tray_agent.ui.welcome.cards import AROUND, MARK, SPACE, Cards, ChoiceCard, TickCard

Painted = Literal["light", "dark", "high_contrast"]

LEFT = Qt.MouseButton.LeftButton
LINES = ("Leaves out kneeling, and what bends the knee far.",)


@pytest.fixture
def right_to_left(app: QApplication) -> Iterator[None]:
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def three(width: int) -> Cards:
    made = Cards([ChoiceCard(name, ["so many words"] * n) for n, name in enumerate("abc", 1)], 200)
    made.resize(width, made.heightForWidth(width))
    made.show()
    return made


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("scheme", ["light", "dark", "high_contrast"])
@pytest.mark.parametrize("kind", [TickCard, ChoiceCard])
def test_ticked_can_be_seen_in_every_scheme(kind: type[TickCard | ChoiceCard], scheme: Painted) -> None:
    card = kind("A sore knee", LINES)
    card.setPalette(scheme_palette(scheme))
    card.resize(300, card.heightForWidth(300))
    accent = Look.of(card.palette()).accent
    at = QPoint(AROUND + MARK // 2, AROUND + 4)
    assert card.grab().toImage().pixelColor(at) != accent
    card.setChecked(True)
    assert card.grab().toImage().pixelColor(at) == accent


@pytest.mark.usefixtures("app")
def test_the_whole_card_and_the_space_bar_tick_it() -> None:
    card = TickCard("A sore knee", LINES)
    card.resize(300, card.heightForWidth(300))
    card.show()
    QTest.mouseClick(card, LEFT, pos=QPoint(280, card.height() - 6))
    assert card.isChecked()
    QTest.keyClick(card, Qt.Key.Key_Space)
    assert not card.isChecked()


@pytest.mark.usefixtures("app")
def test_whoever_hears_it_hears_what_it_means() -> None:
    card = TickCard("Rest & go", LINES)
    assert (card.accessibleName(), card.accessibleDescription()) == ("Rest & go", LINES[0])
    card.explain(["Something is ticked elsewhere."])
    assert card.accessibleDescription() == "Something is ticked elsewhere."


@pytest.mark.usefixtures("app")
def test_words_wrap_and_are_never_cut() -> None:
    card = ChoiceCard("Standard", LINES)
    assert card.heightForWidth(160) > card.heightForWidth(400)
    before = card.heightForWidth(400)
    card_without = ChoiceCard("Standard")
    assert before > card_without.heightForWidth(400) >= MARK + 2 * AROUND


@pytest.mark.usefixtures("app")
def test_one_choice_takes_the_place_of_the_other_also_with_the_arrow_keys() -> None:
    cards = three(700)
    first, second, _third = cards.cards
    first.setChecked(True)
    cards.activateWindow()
    first.setFocus()
    QApplication.processEvents()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert second.isChecked()
    assert not first.isChecked()


@pytest.mark.usefixtures("app")
def test_they_stand_side_by_side_as_high_as_the_highest() -> None:
    group = three(624)
    cards = group.cards
    assert [card.x() for card in cards] == [0, 200 + SPACE, 2 * (200 + SPACE)]
    assert len({card.height() for card in cards}) == 1
    assert cards[0].height() == cards[2].heightForWidth(200)


@pytest.mark.usefixtures("app")
def test_where_it_is_narrow_they_stand_below_each_other() -> None:
    group = three(300)
    cards = group.cards
    assert {card.x() for card in cards} == {0}
    assert [card.y() for card in cards] == sorted({card.y() for card in cards})
    assert {card.width() for card in cards} == {300}


@pytest.mark.usefixtures("app")
def test_rows_are_as_equal_as_can_be() -> None:
    four = Cards([ChoiceCard(name) for name in "abcd"], 200)
    assert [four.columns(width) for width in (900, 700, 420, 210)] == [4, 2, 2, 1]


@pytest.mark.usefixtures("right_to_left")
def test_they_begin_where_lines_begin() -> None:
    group = three(624)
    assert [card.x() for card in group.cards] == [2 * (200 + SPACE), 200 + SPACE, 0]
