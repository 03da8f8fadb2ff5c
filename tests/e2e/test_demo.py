"""The demonstration, as anybody sees it who has no display: it must tell the day's story and end."""

from __future__ import annotations

import re
import subprocess
import sys
import time

from PIL import Image

from tests.support.demo import AT_MOST_S, PICTURES
from tests.support.desktop import ROOT

STORY = (
    r"a person sits down and works",
    r"agent: seated",
    r"agent: PROMPT for .*, because sitting about \d+ min",
    r"the person asks for ten minutes more",
    r"agent: PROMPT for",
    r"the person starts the break",
    r"agent: away \(because: idle\)",
    r"agent: bout ended; \d+ min of sitting so far today",
    r"agent: break taken, the first today",
    r"the person is back from lunch",
    r"agent: break taken, the second today",
    r"agent: standing \(because: said_standing\)",
    r"agent: break taken, the third today",
    r"The agent ended with exit code 0",
)


def test_it_tells_a_day_s_story_and_ends_by_itself() -> None:
    began = time.monotonic()
    told = subprocess.run(
        [sys.executable, "-m", "tests.support.demo", "--speed", "120"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=AT_MOST_S + 30,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    rest = told.stdout
    for line in STORY:
        found = re.search(line, rest)
        assert found, f"no {line!r} in what is left of the story:\n{rest}\nof all:\n{told.stdout}"
        rest = rest[found.end() :]
    assert time.monotonic() - began < AT_MOST_S
    for name in re.findall(r"picture saved: (\S+)", told.stdout):
        with Image.open(ROOT / name) as picture:
            colours = picture.convert("RGB").getcolors(1 << 20) or []
        assert len(colours) > 20, f"{name} shows next to nothing"
    assert len(list(PICTURES.glob("*.png"))) >= 3


def test_a_speed_it_cannot_play_is_refused_in_a_sentence() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.support.demo", "--speed", "0.1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert told.returncode == 2
    assert told.stderr.strip() == "dev.py run: --speed is 0.1, allowed are 1 to 120"
