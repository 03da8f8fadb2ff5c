from typing import Any

import msgspec

from tests.support import day_brief
from tests.support.day_brief import at
from tray_agent.ui.today import day_marks, day_words
from tray_agent.ui.today.day_words import Happening, Track
from tray_agent.ui.today.today_brief import Day


def day(**changed: Any) -> Day:
    return msgspec.convert(day_brief.day(**changed), Day)


def test_everything_in_order_of_time() -> None:
    every = day_words.happenings(day())
    assert [each.from_s for each in every] == sorted(each.from_s for each in every)
    assert len(every) == 15 + 2 + 8


def test_a_span_in_words() -> None:
    span = next(each for each in day_words.happenings(day()) if each.from_s == at("10:09"))
    assert span.sentence == "10:09 to 10:21: Away from the desk (screen locked), about 10 min"
    assert span.cells == ("10:09", "10:21", "Away from the desk (screen locked)", "about 10 min")


def test_a_prompt_in_words() -> None:
    prompt = next(each for each in day_words.happenings(day()) if each.track is Track.PROMPT)
    assert prompt.sentence == "09:17: Prompt to stand up: started"
    assert prompt.cells == ("09:17", "", "Prompt to stand up: started", "")


def test_what_nobody_saw_is_not_called_away() -> None:
    unseen = [each for each in day_words.happenings(day()) if each.look == "unseen"]
    assert [each.what for each in unseen] == ["Not observed"]


def test_the_legend_names_what_occurs_and_nothing_else() -> None:
    every = day_words.happenings(day(calls=[], prompts=[]))
    told = day_words.legend(every, None)
    assert told == [
        ("seated", "Sitting"),
        ("standing", "Standing"),
        ("away", "Away from the desk"),
        ("unseen", "Not observed"),
    ]
    assert ("now", "Now") in day_words.legend(every, at("15:52"))
    prompts = [Happening(Track.PROMPT, "skipped", 0.0, 0.0, "")]
    assert day_words.legend(prompts, None) == [("", "Prompts:"), ("skipped", "skipped")]


def test_every_outcome_has_a_shape_of_its_own() -> None:
    assert set(day_words._OUTCOMES) == day_marks.MARKS
    assert len(set(day_marks._SHAPES.values())) == len(day_marks.MARKS)
