"""A figure's movement as a film: each frame is drawn once, at the cost of a drawing, and then kept.

Kept frames are large plain areas, so the quickest compression makes some 40 kB of each; to unpack one
takes a tenth of the time that drawing it does.
"""

from __future__ import annotations

import zlib

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from tray_agent.core.model import Side
from tray_agent.figure.drawing import draw
from tray_agent.figure.figure import Figure
from tray_agent.ui.figure_paint import Colours, paint

FRAMES_KEPT = 600
"""Some 20 MB; a longer movement is drawn anew where it is not kept."""

_QUICKEST = 1
_BYTES = 4


class Film:
    """Pictures of `figure` working on `side`, `size` device pixels large, on plain `ground`."""

    def __init__(
        self, figure: Figure, side: Side | None, size: QSize, colours: Colours, ground: QColor
    ) -> None:
        self._side, self.size = side, size
        self._colours, self._ground = colours, ground
        self._scene, self._motion = figure.scene, figure.motion
        self._kept: dict[float, bytes] = {}
        self._shown = b""  # the picture borrows these bytes

    def keeps(self, t: float) -> bool:
        """Whether that frame has been drawn and kept."""
        return t in self._kept

    def frame(self, t: float) -> QImage:
        """The picture at `t` seconds of the motion's own time; it lasts until the next one is asked for."""
        kept = self._kept.get(t)
        if kept is None:
            return self._draw(t)
        self._shown = zlib.decompress(kept)
        width, height = self.size.width(), self.size.height()
        return QImage(self._shown, width, height, _BYTES * width, QImage.Format.Format_RGB32)

    def _draw(self, t: float) -> QImage:
        image = QImage(self.size, QImage.Format.Format_RGB32)
        image.fill(self._ground)
        painter = QPainter(image)
        drawing = draw(self._motion.pose_at(t), self._scene, side=self._side)
        paint(drawing, painter, QRectF(image.rect()), self._colours)
        painter.end()
        if len(self._kept) < FRAMES_KEPT:
            self._kept[t] = zlib.compress(image.constBits(), _QUICKEST)
        return image
