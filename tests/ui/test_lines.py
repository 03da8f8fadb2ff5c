import os
import time
from typing import Any

from PySide6.QtWidgets import QApplication

from tray_agent.ui.lines import Lines


def talk() -> tuple[Lines, int, int]:
    """A window's end, and the agent's: what to write to and what to read from."""
    source, tell = os.pipe()
    hear, sink = os.pipe()
    return Lines(source, sink), tell, hear


def turn_until(app: QApplication, heard: list[Any], count: int) -> None:
    give_up = time.monotonic() + 10
    while len(heard) < count:
        assert time.monotonic() < give_up, f"heard only {heard}"
        app.processEvents()


def test_the_first_line_is_waited_for_and_the_rest_arrives_on_qts_thread(app: QApplication) -> None:
    lines, tell, _hear = talk()
    heard: list[Any] = []
    lines.heard.connect(heard.append)
    lines.ended.connect(lambda: heard.append("ended"))
    os.write(tell, b'{"v":1}\n{"do":')
    assert lines.first() == b'{"v":1}'
    lines.follow()
    os.write(tell, b'"close"}\n')
    turn_until(app, heard, 1)
    os.close(tell)
    turn_until(app, heard, 2)
    assert heard == [{"do": "close"}, "ended"]


def test_no_first_line_when_the_agent_has_gone() -> None:
    lines, tell, _hear = talk()
    os.close(tell)
    assert lines.first() is None


def test_says_one_line_a_message() -> None:
    lines, _tell, hear = talk()
    lines.say({"event": "ready"})
    lines.say({"event": "ended", "routine": 7, "done": [0, 1]})
    assert os.read(hear, 4096).splitlines() == [
        b'{"event":"ready"}',
        b'{"event":"ended","routine":7,"done":[0,1]}',
    ]


def test_an_agent_that_has_gone_needs_no_word() -> None:
    lines, _tell, hear = talk()
    os.close(hear)
    lines.say({"event": "ended"})
