import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.support.briefs import LEFT, LIFTS
from tray_agent.ui.brief import Step
from tray_agent.ui.drawn import SideMark
from tray_agent.ui.look import Look, scheme_palette
from tray_agent.ui.step_page import StepPage, brief_words, duration_words

pytestmark = pytest.mark.usefixtures("app")


def step(fields: dict[str, object]) -> Step:
    return msgspec.convert(fields, Step)


def page_of(fields: dict[str, object]) -> StepPage:
    page = StepPage(Look.of(scheme_palette(dark=False)))
    page.show_step(step(fields))
    return page


def words(page: StepPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel)]


def test_everything_to_do_is_in_words() -> None:
    page = page_of(LEFT)
    shown = words(page)
    left = step(LEFT)
    for expected in (left.title, "Left side", *left.text, *left.cautions, "Source: ACSM 2021"):
        assert expected in shown
    assert page.findChildren(SideMark)


def test_a_step_without_a_side_shows_none() -> None:
    page = page_of(LIFTS)
    assert not page.findChildren(SideMark)
    assert "Left side" not in words(page)


def test_markup_in_a_text_stays_text() -> None:
    page = page_of({**LEFT, "title": "<b>bold</b>"})
    label = next(each for each in page.findChildren(QLabel) if "bold" in each.text())
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_the_next_step_replaces_the_page() -> None:
    page = page_of(LEFT)
    page.show_step(step(LIFTS))
    assert "Leg lift" in words(page)
    assert LEFT["title"] not in words(page)
    page.show_end()
    assert "That is it." in words(page)


def test_steps_in_one_phrase() -> None:
    assert brief_words(step(LEFT)) == "Split-stance stretch, left side, 30 seconds"
    assert brief_words(step(LIFTS)) == "Leg lift, 10 times"


def test_durations_as_people_say_them() -> None:
    assert duration_words(1.0) == "1 second"
    assert duration_words(45.0) == "45 seconds"
    assert duration_words(180.0) == "3 minutes"
