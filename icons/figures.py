"""Draws every exercise: `python3 icons/figures.py` writes icons/exercises/ and docs/figures*.png.

The small pictures go on notifications: one position, large, on a tile that shows on dark and on light
desktops.  The sheets show the positions of every exercise side by side, without and with their names.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dataclasses import replace  # noqa: E402

from tray_agent.core.model import Side  # noqa: E402
from tray_agent.figure.drawing import draw  # noqa: E402
from tray_agent.figure.figure import Figure  # noqa: E402
from tray_agent.figure.geometry import Point  # noqa: E402
from tray_agent.figure.palette import LIGHT, Palette, Rgb, quiet  # noqa: E402
from tray_agent.figure.pose import Pose  # noqa: E402
from tray_agent.figure.shapes import Drawing, Frame, Role, Shape  # noqa: E402
from tray_agent.shell import figures  # noqa: E402

ICON = 192
FINER = 3
TILE = (226, 238, 236)
CELL_WIDTH, CELL_HEIGHT, GAP, COLUMNS = 264, 252, 20, 6
NAME_HEIGHT = 46

Box = tuple[int, int, int, int]
Cells = dict[str, list[Image.Image]]


class Canvas:
    """A picture drawn `FINER` times as large and then made smaller, for soft edges."""

    def __init__(self, width: int, height: int, ground: tuple[int, int, int, int]) -> None:
        self.image = Image.new("RGBA", (width * FINER, height * FINER), ground)

    def rounded(self, box: Box, radius: int, colour: Rgb) -> None:
        """A rectangle with round corners."""
        ImageDraw.Draw(self.image).rounded_rectangle([side * FINER for side in box], radius * FINER, colour)

    def drawing(self, drawing: Drawing, box: Box, palette: Palette) -> None:
        """A drawing, its frame fitted into the middle of `box`."""
        left, top, right, bottom = (side * FINER for side in box)
        frame = drawing.frame
        scale = min((right - left) / frame.width, (bottom - top) / frame.height)
        x = (left + right) / 2 - scale * (frame.left + frame.right) / 2
        y = (top + bottom) / 2 + scale * (frame.bottom + frame.top) / 2
        for shape in drawing.shapes:
            # Rounded, because the last digit of a sine is not the same in every C library.
            parts = [
                [(round(x + px * scale, 6), round(y - py * scale, 6)) for px, py in part]
                for part in shape.parts
            ]
            self._shape(shape, parts, scale, palette)

    def _shape(self, shape: Shape, parts: list[list[Point]], scale: float, palette: Palette) -> None:
        if shape.halo:
            width = (shape.width + shape.halo * 2) * scale
            self._lay(palette.rim(shape), shape.strength, parts, width, closed=not shape.width)
        self._lay(palette.fill(shape), shape.strength, parts, shape.width * scale, closed=False)

    def _lay(
        self, colour: Rgb, strength: float, parts: list[list[Point]], width: float, *, closed: bool
    ) -> None:
        """Fill the parts, or stroke them where there is a width."""
        if strength >= 1:
            _ink(self.image, parts, width, colour, closed=closed)
            return
        across, up = [x for part in parts for x, _ in part], [y for part in parts for _, y in part]
        left, top = int(min(across) - width - 1), int(min(up) - width - 1)
        mask = Image.new("L", (int(max(across) + width) + 2 - left, int(max(up) + width) + 2 - top))
        moved = [[(x - left, y - top) for x, y in part] for part in parts]
        _ink(mask, moved, width, round(255 * strength), closed=closed)
        self.image.paste((*colour, 255), (left, top), mask)

    def finished(self) -> Image.Image:
        """The picture in its own size."""
        return self.image.reduce(FINER)


def _ink(
    image: Image.Image, parts: list[list[Point]], width: float, fill: Rgb | int, *, closed: bool
) -> None:
    ink = ImageDraw.Draw(image)
    for part in parts:
        if not width:
            ink.polygon(part, fill=fill)
            continue
        line = [*part, part[0]] if closed else part
        ink.line(line, fill=fill, width=round(width))
        for x, y in line:
            ink.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=fill)


def all_figures() -> dict[str, Figure]:
    """Every figure with the exercise it belongs to."""
    return {
        path.stem: figures.load(path.stem) for path in sorted((ROOT / "config" / "figures").glob("*.toml"))
    }


def icon(figure: Figure) -> Image.Image:
    """The most telling position, as large as the tile holds it; props that stand apart are cut off."""
    canvas = Canvas(ICON, ICON, (*TILE, 255))
    scene = replace(figure.scene, inset=None)
    drawing = draw(telling(figure), scene, side=Side.RIGHT)
    close = replace(drawing, frame=_around(drawing))
    canvas.drawing(close, (14, 14, ICON - 14, ICON - 14), quiet(replace(LIGHT, ground=TILE)))
    tile = Image.new("L", canvas.image.size)
    ImageDraw.Draw(tile).rounded_rectangle((0, 0, ICON * FINER - 1, ICON * FINER - 1), 40 * FINER, 255)
    canvas.image.putalpha(tile)
    return canvas.finished()


def telling(figure: Figure) -> Pose:
    """The position that says most in a single picture: the last one with an arrow, or the last of all."""
    stills = figure.motion.stills
    return next((pose for pose in reversed(stills) if pose.marks), stills[-1])


def _around(drawing: Drawing) -> Frame:
    """A square round everything but the floor."""
    points = [
        p for shape in drawing.shapes if shape.role is not Role.FLOOR for part in shape.parts for p in part
    ]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    bottom, top = min(y for _, y in points), max(y for _, y in points)
    half = max(right - left, top - bottom) / 2
    x, y = (left + right) / 2, (bottom + top) / 2
    return Frame(x - half, y - half, x + half, y + half)


def sheet(cells: Cells, *, named: bool) -> Image.Image:
    """The telling positions of every exercise, each exercise on a card of its own."""
    rows = _rows(cells)
    row_height = CELL_HEIGHT + (NAME_HEIGHT if named else 0) + GAP
    page = Image.new("RGB", (COLUMNS * CELL_WIDTH + 2 * GAP, len(rows) * row_height + GAP), LIGHT.ground)
    for number, row in enumerate(rows):
        x, y = GAP, GAP + number * row_height
        for name in row:
            card = _card(cells[name], name if named else "", row_height - GAP)
            page.paste(card, (x + 6, y), card)
            x += len(cells[name]) * CELL_WIDTH
    return page


def cells_of(figure: Figure) -> list[Image.Image]:
    """Each telling position of a figure, on a card's colour."""
    pictures = []
    for pose in figure.motion.stills:
        canvas = Canvas(CELL_WIDTH - 32, CELL_HEIGHT - 18, (*LIGHT.card, 255))
        box = (0, 0, CELL_WIDTH - 32, CELL_HEIGHT - 18)
        canvas.drawing(
            draw(pose, figure.scene, side=Side.RIGHT), box, quiet(replace(LIGHT, ground=LIGHT.card))
        )
        pictures.append(canvas.finished())
    return pictures


def _card(pictures: list[Image.Image], name: str, height: int) -> Image.Image:
    width = len(pictures) * CELL_WIDTH - 12
    canvas = Canvas(width, height, (*LIGHT.ground, 0))
    canvas.rounded((0, 0, width, height), 14, LIGHT.card)
    if name:
        at = width * FINER // 2, (height - NAME_HEIGHT // 2 - 2) * FINER
        font = ImageFont.load_default(17 * FINER)
        ImageDraw.Draw(canvas.image).text(at, name, fill=LIGHT.ink, font=font, anchor="mm")
    card = canvas.finished()
    for place, picture in enumerate(pictures):
        card.paste(picture, (place * CELL_WIDTH + 10, 10))
    return card


def _rows(cells: Cells) -> list[list[str]]:
    """The exercises in rows, each filled with the longest that still fits."""
    left = sorted(cells, key=lambda name: (-len(cells[name]), name))
    rows: list[list[str]] = []
    while left:
        room, row = COLUMNS, list[str]()
        for name in list(left):
            if len(cells[name]) <= room:
                room -= len(cells[name])
                row.append(name)
                left.remove(name)
        rows.append(row)
    return rows


def outputs() -> Iterator[tuple[Path, Image.Image]]:
    """Every picture with its place."""
    shown = all_figures()
    for name, figure in shown.items():
        yield ROOT / "icons" / "exercises" / f"{name}.png", icon(figure)
    cells = {name: cells_of(figure) for name, figure in shown.items()}
    yield ROOT / "docs" / "figures.png", sheet(cells, named=False)
    yield ROOT / "docs" / "figures-named.png", sheet(cells, named=True)


if __name__ == "__main__":
    for path, picture in outputs():
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.save(path, optimize=True)
