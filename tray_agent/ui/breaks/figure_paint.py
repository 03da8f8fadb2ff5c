"""Paints a drawing of a figure with Qt, in colours that go with the window.

Most of a figure keeps its form from frame to frame.  Such a form becomes a path once, and a second path
that is larger by the rim: to fill both takes a quarter of the time that stroking the rim does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QTransform

from tray_agent.figure.geometry import Outline, capsule
from tray_agent.figure.palette import Palette, Rgb, Surroundings, quiet, stark
from tray_agent.figure.shapes import Drawing, Form, Frame, Limb, Part, Piece, Shape
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
        return _faded(self.palette.fill(shape), shape.strength)

    def rim(self, shape: Shape) -> QColor:
        """What its halo is drawn with."""
        return _faded(self.palette.rim(shape), shape.strength)


def paint(drawing: Drawing, painter: QPainter, rect: QRectF, colours: Colours) -> None:
    """Paint the drawing, its frame fitted into the middle of `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(transform(drawing.frame, rect), combine=True)
    page = painter.transform()
    for shape in drawing.shapes:
        laid = [_laid(piece, shape, page) for piece in shape.pieces]
        if shape.halo:
            rim = colours.rim(shape)
            for place, _, outer in laid:
                painter.setTransform(place)
                painter.fillPath(outer, rim)
        fill = colours.fill(shape)
        for place, inner, _ in laid:
            painter.setTransform(place)
            painter.fillPath(inner, fill)
    painter.restore()


def transform(frame: Frame, rect: QRectF) -> QTransform:
    """From body heights to the pixels of `rect`."""
    scale = min(rect.width() / frame.width, rect.height() / frame.height)
    to_centre = QTransform.fromTranslate(rect.center().x(), rect.center().y())
    return to_centre.scale(scale, -scale).translate(
        -(frame.left + frame.right) / 2, -(frame.bottom + frame.top) / 2
    )


def _laid(piece: Part, shape: Shape, page: QTransform) -> tuple[QTransform, QPainterPath, QPainterPath]:
    """Where a piece lies, what is filled, and what its rim covers."""
    if isinstance(piece, Piece):
        place = QTransform(*piece.forth, *piece.side, *piece.origin) * page
        return place, *_kept(piece.form, shape.width, shape.halo)
    if isinstance(piece, Limb):
        return page, _limb(piece, 0.0), _limb(piece, shape.halo)
    return page, *_paths(piece, shape.width, shape.halo)


@cache
def _kept(form: Form, width: float, halo: float) -> tuple[QPainterPath, QPainterPath]:
    """The same for a form; what overlaps becomes one outline, which is filled much faster."""
    inner, outer = QPainterPath(), QPainterPath()
    for outline in form.outlines:
        one, around = _paths(outline, width, halo)
        inner, outer = inner.united(one), outer.united(around).united(one)
    return inner, outer


def _paths(outline: Outline, width: float, halo: float) -> tuple[QPainterPath, QPainterPath]:
    """What is filled, and what its rim covers."""
    path = _path(outline, closed=not width)
    outer = _line(path, width + 2 * halo) if halo else path
    return _line(path, width) if width else path, outer


def _limb(limb: Limb, more: float) -> QPainterPath:
    """The limb, thicker by `more` all round."""
    return _path(capsule(limb.start, limb.end, limb.first + more, limb.last + more), closed=True)


def _path(outline: Outline, *, closed: bool) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.moveTo(*outline[0])
    for x, y in outline[1:]:
        path.lineTo(x, y)
    if closed:
        path.closeSubpath()
    return path


def _line(path: QPainterPath, width: float) -> QPainterPath:
    """All that a pen of this width covers on its way."""
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    return stroker.createStroke(path)


def _faded(colour: Rgb, strength: float) -> QColor:
    faded = QColor(*colour)
    faded.setAlphaF(strength)
    return faded


def _rgb(colour: QColor) -> Rgb:
    return colour.red(), colour.green(), colour.blue()
