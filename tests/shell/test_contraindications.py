"""What is to be read before floor and loaded exercises, against the list of facts."""

import pytest

from tray_agent.shell.contraindications import CODES, GROUPS, sections
from tray_agent.shell.passages import Passage

FACTS = {
    "surgery": ("hip", "knee", "spine", "12 months"),
    "anterior_hip_replacement": (
        "from the front",
        "behind you",
        "stepping back",
        "belly",
        "12 weeks",
        "surgeon",
    ),
    "acute_injury": ("fresh injury",),
    "hernia": ("hernia", "slipped disc", "groin"),
    "stenosis": ("stenosis",),
    "spondylolisthesis": ("spondylolisthesis",),
    "osteoporosis": ("osteoporosis",),
    "pregnancy": ("pregnancy", "on your back", "belly"),
    "clot_or_blood_thinner": ("thrombosis", "thins the blood", "ball"),
    "heart_or_blood_pressure": ("heart disease", "high blood pressure", "mountain climber"),
}


def test_no_more_and_no_less_than_the_facts() -> None:
    assert set(CODES) == set(FACTS)
    assert len(CODES) == len(set(CODES))


@pytest.mark.parametrize("code", FACTS)
def test_each_says_what_matters(code: str) -> None:
    (sentence,) = (group.because[code] for group in GROUPS if code in group.because)
    for words in FACTS[code]:
        assert words in sentence


def test_every_group_names_its_source() -> None:
    read = {section.heading: section.source for section in sections(cleared=False, reviewed=True)}
    assert all(read[group.heading].startswith("Source: ") for group in GROUPS)


def text(*, cleared: bool = False, reviewed: bool = True) -> str:
    return "\n".join(
        line for section in sections(cleared=cleared, reviewed=reviewed) for line in section.lines
    )


def test_what_was_ticked_can_be_taken_back() -> None:
    assert "take the tick away" in text(cleared=True)
    assert "take the tick away" not in text(cleared=False)


def test_it_says_when_to_stop_and_where_the_answers_are() -> None:
    assert "pain in the groin" in text()
    for words in ("this computer alone", "Your organisation cannot see", "only if you ask", "erasing"):
        assert words in text()


def test_english_stands_beside_what_nobody_reviewed() -> None:
    notice, *rest = sections(cleared=False, reviewed=False)
    assert notice.lines[0].startswith("No native speaker")
    assert all(section.english == section.lines for section in rest)
    assert isinstance(GROUPS[0].passage, Passage)
