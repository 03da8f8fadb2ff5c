import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image, ImageChops

SCRIPT = Path(__file__).parents[1] / "icons" / "figures.py"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("figure_pictures", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["figure_pictures"] = module
    spec.loader.exec_module(module)
    return module


pictures = load()


def test_drawing_again_changes_no_pixel() -> None:
    made = dict(pictures.outputs())
    for path, picture in made.items():
        with Image.open(path) as kept:
            same = kept.size == picture.size and not ImageChops.difference(
                kept.convert("RGBA"), picture.convert("RGBA")
            ).getbbox(alpha_only=False)
        assert same, f"run icons/figures.py: {path.name} is stale"
    folder = SCRIPT.parent / "exercises"
    assert {path for path in made if path.parent == folder} == set(folder.glob("*.png"))


@pytest.mark.parametrize("name", ["stand_up", "butterfly", "glute_bridge"])
def test_a_tile_has_clear_corners_and_a_figure_in_it(name: str) -> None:
    icon = pictures.icon(pictures.all_figures()[name])
    assert icon.size == (192, 192)
    assert icon.getpixel((0, 0))[3] == 0
    assert icon.getpixel((96, 6)) == (*pictures.TILE, 255)
    assert len(icon.getcolors(40_000)) > 100


def test_the_sheet_has_every_exercise_once() -> None:
    cells = {name: [None] * count for name, count in (("a", 4), ("b", 2), ("c", 3), ("d", 1), ("e", 2))}
    rows = pictures._rows(cells)
    assert sorted(name for row in rows for name in row) == ["a", "b", "c", "d", "e"]
    assert rows[0] == ["a", "b"]
