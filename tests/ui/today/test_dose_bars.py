import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.support import day_brief
from tray_agent.ui.look import Look
from tray_agent.ui.today.dose_bars import Bar, Dose, DoseBars, doses
from tray_agent.ui.today.today_brief import Day

pytestmark = pytest.mark.usefixtures("app")

DOSES = msgspec.convert(day_brief.day(), Day).doses


def test_every_muscle_and_side_in_words() -> None:
    assert [(dose.muscle, dose.words, dose.share) for dose in doses(DOSES)] == [
        ("Hip flexors, left", "today 1 min; this week 3 min of 5 min", 0.6),
        ("Hip flexors, right", "today 1 min; this week 2 min 30 s of 5 min", 0.5),
        ("Glutes", "today 2 sets, 20 repetitions; this week on 1 of 2 days", 0.5),
    ]


def test_what_was_not_done_today_is_not_held_up() -> None:
    idle = msgspec.structs.replace(DOSES, hip_left_s=0.0, glute_sets=0, glute_reps=0)
    words = [dose.words for dose in doses(idle)]
    assert (words[0], words[2]) == ("this week 3 min of 5 min", "this week on 1 of 2 days")


def test_words_stand_beside_their_bars() -> None:
    bars = DoseBars()
    bars.show_doses(doses(DOSES))
    bars.show_doses((Dose("Calves", "today 1 min", 0.2),))
    shown = [label.text() for label in bars.findChildren(QLabel) if not label.isHidden()]
    assert [text for text in shown if not text.startswith(("Hip", "Glutes"))][-2:] == [
        "Calves",
        "today 1 min",
    ]
    assert [bar.share for line in bars._lines for bar in line.findChildren(Bar)] == [0.2]


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0, 1.7])
def test_a_bar_is_filled_by_its_share(share: float) -> None:
    bar = Bar(share)
    bar.resize(200, 10)
    accent = Look.of(bar.palette()).accent
    for mirrored in (False, True):
        if mirrored:
            bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        image = bar.grab().toImage()
        filled = [x for x in range(200) if image.pixelColor(x, 5) == accent]
        assert len(filled) == pytest.approx(200 * min(share, 1), abs=4)
        if 0 < share < 1:
            assert (min(filled) > 90) if mirrored else (max(filled) < 110)
