"""The pictures of the welcome: somebody gets up, how often in a day, and where the icon is.

Decoration only: whatever they show is also said in words.  Each is drawn in a space 600 wide and 150
high, in the few colours of the desktop, and mirrored where lines begin on the right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from tray_agent.ui.look import Look

WIDTH, HEIGHT = 600.0, 150.0
FLOOR = 128.0
LIMB, HEAD = 11.0, 10.5
TINT = 0.13

Points = tuple[tuple[float, float], ...]


class Scene(Enum):
    """What there is to see."""

    GET_UP = "get_up"
    DAY = "day"
    TRAY = "tray"


class WelcomePicture(QWidget):
    """Draws one scene across the page; `breaks` are how many a day each choice brings."""

    def __init__(self, scene: Scene, breaks: Sequence[int] = ()) -> None:
        super().__init__()
        self._scene = scene
        self._breaks = tuple(breaks)
        self._chosen = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def choose(self, number: int) -> None:
        """Have this choice stand out."""
        self._chosen = number
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the space it is drawn in."""
        return QSize(round(WIDTH), round(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Narrower than its space, it is drawn smaller."""
        return QSize(200, round(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and, in its middle, the scene."""
        look = Look.of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tinted(look))
            painter.drawRoundedRect(QRectF(self.rect()), 14, 14)
            scale = min(1.0, self.width() / WIDTH)
            painter.translate(self.width() / 2, self.height() / 2)
            mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            painter.scale(-scale if mirror else scale, scale)
            painter.translate(-WIDTH / 2, -HEIGHT / 2)
            match self._scene:
                case Scene.GET_UP:
                    _get_up(painter, look)
                case Scene.DAY:
                    _day(painter, look, self._breaks, self._chosen)
                case Scene.TRAY:
                    _tray(painter, look)


def tinted(look: Look) -> QColor:
    """The ground with a little of the accent colour in it."""
    pairs = zip(_channels(look.ground), _channels(look.accent), strict=True)
    return QColor.fromRgbF(*(plain + (full - plain) * TINT for plain, full in pairs))


def _channels(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def _get_up(painter: QPainter, look: Look) -> None:
    """At the desk; getting up; stretching: three times the same person."""
    _line(painter, look.edge, 2, ((40, FLOOR), (560, FLOOR)))
    _desk(painter, look)
    _body(
        painter,
        look.soft,
        head=(120, 46),
        trunk=((118, 66), (120, 98)),
        leg=((120, 98), (150, 98), (150, FLOOR - 5)),
    )
    _limb(painter, look.soft, ((119, 70), (138, 84), (160, 84)))
    _arrow(painter, look, 212, 262)
    _body(
        painter,
        look.soft,
        head=(318, 42),
        trunk=((307, 59), (291, 88)),
        leg=((291, 88), (317, 99), (305, FLOOR - 5)),
    )
    _limb(painter, look.soft, ((307, 63), (324, 78), (343, 74)))
    _arrow(painter, look, 352, 402)
    painter.setPen(QPen(look.accent, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(417, 7, 136, 136), -54 * 16, 288 * 16)
    _body(
        painter,
        look.accent,
        head=(485, 35),
        trunk=((485, 55), (485, 84)),
        leg=((485, 84), (479, 104), (477, FLOOR - 5)),
    )
    _limb(painter, look.accent, ((485, 84), (491, 104), (493, FLOOR - 5)))
    _limb(painter, look.accent, ((483, 54), (465, 45), (460, 24)))
    _limb(painter, look.accent, ((487, 54), (505, 45), (510, 24)))


def _day(painter: QPainter, look: Look, breaks: Sequence[int], chosen: int) -> None:
    """The day as an arc from morning to evening for each choice, with a dot for each break."""
    _line(painter, look.edge, 2, ((120, FLOOR), (480, FLOOR)))
    centre = QPointF(WIDTH / 2, FLOOR)
    for number, count in enumerate(breaks):
        radius = 54.0 + 28.0 * number
        on = number == chosen
        frame = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.setPen(QPen(look.accent if on else look.edge, 4 if on else 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(frame, 0, 180 * 16)
        painter.setPen(QPen(tinted(look), 2))
        painter.setBrush(look.accent if on else look.soft)
        for n in range(1, count + 1):
            angle = math.pi * n / (count + 1)
            at = QPointF(centre.x() - radius * math.cos(angle), centre.y() - radius * math.sin(angle))
            painter.drawEllipse(at, 7.5 if on else 5.5, 7.5 if on else 5.5)


def _tray(painter: QPainter, look: Look) -> None:
    """The end of a panel with small icons, one of them ours, seen through a magnifying ring."""
    panel = QRectF(60, 84, 480, 40)
    painter.setPen(QPen(look.edge, 1.5))
    painter.setBrush(look.card)
    painter.drawRoundedRect(panel, 10, 10)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.line)
    painter.drawRoundedRect(QRectF(76, 94, 90, 20), 6, 6)
    painter.drawRoundedRect(QRectF(176, 94, 60, 20), 6, 6)
    painter.setBrush(look.soft)
    for x in (300, 470):
        painter.drawRoundedRect(QRectF(x, 96, 16, 16), 4, 4)
    painter.drawRoundedRect(QRectF(498, 100, 28, 8), 4, 4)
    painter.setPen(QPen(look.accent, 4))
    painter.setBrush(look.ground)
    painter.drawEllipse(QPointF(392, 75), 62, 62)
    _icon(painter, QRectF(352, 35, 80, 80))


def _icon(painter: QPainter, frame: QRectF) -> None:
    """The program's own icon; its colours are its own everywhere."""
    painter.save()
    painter.translate(frame.center())
    if painter.worldTransform().m11() < 0:  # a mark is not mirrored with the scene it stands in
        painter.scale(-1, 1)
    painter.scale(frame.width() / 256, frame.height() / 256)
    painter.translate(-128, -128)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#14957f"))
    painter.drawRoundedRect(QRectF(8, 8, 240, 240), 56, 56)
    white = QColor("#ffffff")
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(255, 255, 255, 77), 17))
    painter.drawEllipse(QPointF(128, 128), 86, 86)
    painter.setPen(QPen(white, 17, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawArc(QRectF(42, 42, 172, 172), 90 * 16, -250 * 16)
    _limb(painter, white, ((112, 124), (112, 154), (150, 154), (150, 182)), 23)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(white)
    painter.drawEllipse(QPointF(112, 84), 19, 19)
    painter.restore()


def _desk(painter: QPainter, look: Look) -> None:
    _line(painter, look.edge, 5, ((158, 92), (206, 92)))
    _line(painter, look.edge, 4, ((198, 92), (198, FLOOR)))
    _line(painter, look.edge, 4, ((182, 90), (182, 82)))
    painter.setPen(QPen(look.edge, 4))
    painter.setBrush(look.card)
    painter.drawRoundedRect(QRectF(178, 46, 8, 36), 3, 3)
    _line(painter, look.edge, 5, ((100, 64), (102, 107), (134, 107)))
    _line(painter, look.edge, 4, ((118, 107), (118, FLOOR)))


def _body(painter: QPainter, colour: QColor, head: tuple[float, float], trunk: Points, leg: Points) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(*head), HEAD, HEAD)
    _limb(painter, colour, trunk, LIMB + 5)
    _limb(painter, colour, leg)


def _limb(painter: QPainter, colour: QColor, points: Points, width: float = LIMB) -> None:
    _line(painter, colour, width, points)


def _line(painter: QPainter, colour: QColor, width: float, points: Points) -> None:
    pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(*point) for point in points]))


def _arrow(painter: QPainter, look: Look, start: float, end: float) -> None:
    path = QPainterPath(QPointF(start, 56))
    path.quadTo(QPointF((start + end) / 2, 34), QPointF(end, 52))
    painter.setPen(QPen(look.accent, 3, Qt.PenStyle.DotLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    _line(painter, look.accent, 3, ((end - 9, 40), (end + 1, 53), (end - 14, 56)))
