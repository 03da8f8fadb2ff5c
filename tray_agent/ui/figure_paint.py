"""Paints a drawing of a figure with Qt, in colours that go with the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTransform

from tray_agent.figure.geometry import Outline
from tray_agent.figure.palette import Palette, Rgb, Surroundings, quiet, stark
from tray_agent.figure.shapes import Drawing, Frame, Shape
from tray_agent.ui.look import Look


@dataclass(frozen=True, slots=True)
class Colours:
    """The fill of every shape and the rim that sets it off, for figures that lie on a card."""

    palette: Palette

    @classmethod
    def of(cls, look: Look) -> Colours:
        """Colours that go with the window; keep them, they change only with the look."""
        on = (look.card, look.ground, look.ink, look.line, look.edge, look.accent)
        around = Surroundings(*map(_rgb, on))
        return cls(stark(around) if look.edge == look.ink else quiet(around))

    def fill(self, shape: Shape) -> QColor:
        """What a shape is filled with."""
        return QColor(*self.palette.fill(shape))

    def rim(self, shape: Shape) -> QColor:
        """What its halo is drawn with."""
        return QColor(*self.palette.rim(shape))


def paint(drawing: Drawing, painter: QPainter, rect: QRectF, colours: Colours) -> None:
    """Paint the drawing, its frame fitted into the middle of `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(transform(drawing.frame, rect), combine=True)
    for shape in drawing.shapes:
        _paint(shape, painter, colours)
    painter.restore()


def transform(frame: Frame, rect: QRectF) -> QTransform:
    """From body heights to the pixels of `rect`."""
    scale = min(rect.width() / frame.width, rect.height() / frame.height)
    to_centre = QTransform.fromTranslate(rect.center().x(), rect.center().y())
    return to_centre.scale(scale, -scale).translate(
        -(frame.left + frame.right) / 2, -(frame.bottom + frame.top) / 2
    )


def _paint(shape: Shape, painter: QPainter, colours: Colours) -> None:
    polygons = [_polygon(part) for part in shape.parts]
    painter.setOpacity(shape.strength)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    draw = painter.drawPolyline if shape.width else _filled(painter)
    if shape.halo:
        painter.setPen(_pen(colours.rim(shape), shape.width + shape.halo * 2))
        for polygon in polygons:
            draw(polygon)
    if shape.width:
        painter.setPen(_pen(colours.fill(shape), shape.width))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.fill(shape))
    for polygon in polygons:
        draw(polygon)


def _filled(painter: QPainter) -> Callable[[QPolygonF], None]:
    return lambda polygon: painter.drawPolygon(polygon, Qt.FillRule.WindingFill)


def _polygon(part: Outline) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in part])


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.BevelJoin)


def _rgb(colour: QColor) -> Rgb:
    return colour.red(), colour.green(), colour.blue()
