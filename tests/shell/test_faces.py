"""The faces that were drawn before, against those drawn now."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tray_agent.ports import Face
from tray_agent.shell import faces, icon

ALL = [
    *(Face("sitting", sixteenths / 16, "") for sixteenths in range(17)),
    *(Face(look, 0.0, "") for look in ("prompt", "paused", "standing", "quiet", "unknown")),
]


@pytest.mark.parametrize("face", ALL, ids=icon.name)
def test_each_face_was_drawn_as_it_is_now(face: Face) -> None:
    for size in faces.SIZES:
        kept = faces.draw(face, size)
        assert isinstance(kept, faces.Drawn), "run icons/draw.py"
        assert kept.tobytes() == icon.draw(face, size).tobytes(), "run icons/draw.py"


def test_a_size_no_panel_asks_for_is_drawn_on_the_spot() -> None:
    face = Face("prompt", 0.0, "")
    assert faces.draw(face, 40).tobytes() == icon.draw(face, 40).tobytes()


def test_an_unknown_look_is_drawn_as_unknown() -> None:
    assert faces.draw(Face("puzzled", 0.3, ""), 22) == faces.draw(Face("unknown", 0.0, ""), 22)


def test_panels_get_their_sizes_without_a_drawing_library() -> None:
    lines = (
        "import sys; from tray_agent.ports import Face; from tray_agent.shell import faces",
        "assert len(faces.draw(Face('sitting', 0.5, ''), 48).tobytes()) == 4 * 48 * 48",
        "sys.exit('PIL' in sys.modules)",
    )
    assert subprocess.run([sys.executable, "-c", "\n".join(lines)], check=False).returncode == 0
