import pytest
from PySide6.QtWidgets import QApplication

from tray_agent.ui.today.tiles import Tile, Tiles

FIGURES = [(f"Title {n}", f"value {n}", "note" if n else "") for n in range(4)]


@pytest.fixture
def tiles(app: QApplication) -> Tiles:
    tiles = Tiles(4)
    tiles.show_figures(FIGURES)
    tiles.show()
    return tiles


def columns(tiles: Tiles, width: int) -> int:
    tiles.resize(width, 300)
    QApplication.processEvents()
    return len({tile.x() for tile in tiles.findChildren(Tile)})


def test_a_tile_is_read_aloud_as_one(tiles: Tiles) -> None:
    names = [tile.accessibleName() for tile in tiles.findChildren(Tile)]
    assert names[:2] == ["Title 0, value 0", "Title 1, value 1, note"]


def test_side_by_side_or_two_by_two(tiles: Tiles) -> None:
    assert columns(tiles, 800) == 4
    assert columns(tiles, 260) == 2
    assert columns(tiles, 800) == 4


def test_a_value_is_never_broken(tiles: Tiles) -> None:
    tiles.resize(800, 300)
    tiles.show_figures([("Title", "a value that is longer than others", "")] * 4)
    assert columns(tiles, 800) == 2
