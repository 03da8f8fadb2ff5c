"""Draws every picture of the program: `python3 icons/draw.py` writes icons/ and docs/icons.png.

The faces come from the code that draws the tray icon, so that the sheet in the documentation shows what
a panel shows; the program's own icon comes from tray-agent.svg.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tray_agent.ports import Face  # noqa: E402
from tray_agent.shell import faces  # noqa: E402
from tray_agent.shell.icon import draw, name  # noqa: E402

SIZES = (16, 22, 24, 32, 48, 64)
APP_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
WINDOWS_SIZES = APP_SIZES[:-1]
"""More than 256 an icon of Windows cannot hold."""
DARK, LIGHT = (36, 38, 42), (240, 240, 242)
FACES = (
    *(Face("sitting", sixteenths / 16, "") for sixteenths in (0, 4, 8, 13, 16)),
    *(Face(look, 0.0, "") for look in ("prompt", "paused", "standing", "quiet", "unknown")),
)


def save_faces(folder: Path) -> None:
    """Save each face in each size."""
    folder.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        for size in SIZES:
            draw(face, size).save(folder / f"{name(face)}-{size}.png", optimize=True)


def save_for_panels(folder: Path) -> None:
    """Save every face there is as the running agent reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    for face in (*(Face("sitting", sixteenths / 16, "") for sixteenths in range(17)), *FACES):
        (folder / f"{name(face)}.z").write_bytes(faces.packed(face))


def save_app_icon(source: Path, folder: Path) -> None:
    """Save the program's icon in each size."""
    folder.mkdir(parents=True, exist_ok=True)
    renderer = QSvgRenderer(str(source))
    for size in APP_SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        image.save(str(folder / f"tray-agent-{size}.png"))


def save_windows_icon(folder: Path, path: Path) -> None:
    """Save the icon of Windows' programs: the pictures of `save_app_icon`, each as it is."""
    pictures = [Image.open(folder / f"tray-agent-{size}.png") for size in WINDOWS_SIZES]
    pictures[-1].save(path, sizes=[picture.size for picture in pictures], append_images=pictures[:-1])


def sheet(panel: tuple[int, int, int]) -> Image.Image:
    """All faces in all sizes on a panel of this colour, with their names."""
    cell, label = 84, 18
    page = Image.new("RGB", (cell * len(FACES), sum(SIZES) + 12 * len(SIZES) + label + 12), panel)
    ink = ImageDraw.Draw(page)
    for column, face in enumerate(FACES):
        top = 10
        for size in SIZES:
            picture = draw(face, size)
            page.paste(picture, (column * cell + (cell - size) // 2, top), picture)
            top += size + 12
        ink.text((column * cell + cell // 2, top + 4), name(face), anchor="mt", fill=(136, 140, 146))
    return page


def save_sheet(path: Path) -> None:
    """Save the sheet on a light and on a dark panel, one above the other."""
    light, dark = sheet(LIGHT), sheet(DARK)
    page = Image.new("RGB", (light.width, light.height + dark.height))
    page.paste(light, (0, 0))
    page.paste(dark, (0, light.height))
    path.parent.mkdir(parents=True, exist_ok=True)
    page.save(path, optimize=True)


if __name__ == "__main__":
    save_faces(ROOT / "icons" / "png")
    save_for_panels(ROOT / "icons" / "faces")
    save_app_icon(ROOT / "icons" / "tray-agent.svg", ROOT / "icons" / "png")
    save_windows_icon(ROOT / "icons" / "png", ROOT / "icons" / "tray-agent.ico")
    save_sheet(ROOT / "docs" / "icons.png")
