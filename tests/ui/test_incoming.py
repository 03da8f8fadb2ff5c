import pytest

from tray_agent.ui.incoming import read
from tray_agent.ui.text_window import TextBrief


def test_a_line_becomes_what_the_window_asked_for() -> None:
    brief = read(b'{"v":1,"title":"Why?","sections":[{"lines":["Sitting."]}]}', TextBrief)
    assert (brief.title, brief.sections[0].lines) == ("Why?", ("Sitting.",))


@pytest.mark.parametrize("line", [b'{"v":1', b'{"v":2,"title":"","sections":[]}', b'{"v":1,"sections":[]}'])
def test_anything_else_is_one_sentence(line: bytes) -> None:
    with pytest.raises(ValueError, match="^the brief is not understood: "):
        read(line, TextBrief)
