"""How a posture, a call and a prompt look: each by pattern or shape as well as by colour."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from tray_agent.ui.look import Look

SIZE = 13.0
"""Of a prompt's mark, in logical pixels."""

_RADIUS, _STRIPES, _DOTS = 3.0, 9.0, 7.0

_Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    """Strokes from corner to corner in a square of side 1, in a ring or without."""

    strokes: tuple[_Corners, ...] = ()
    ring: bool = False
    filled: bool = False


_SHAPES = {
    "started": _Shape((((0.25, 0.52), (0.44, 0.72), (0.77, 0.32)),), ring=True, filled=True),
    "snoozed": _Shape((((0.5, 0.22), (0.5, 0.52), (0.74, 0.62)),), ring=True),
    "skipped": _Shape((((0.05, 0.1), (0.47, 0.5), (0.05, 0.9)), ((0.5, 0.1), (0.92, 0.5), (0.5, 0.9)))),
    "dismissed": _Shape((((0.1, 0.1), (0.9, 0.9)), ((0.1, 0.9), (0.9, 0.1)))),
    "ignored": _Shape(ring=True),
    "withdrawn": _Shape((((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5), (0.5, 0.0)),), filled=True),
    "showing": _Shape((((0.0, 0.1), (1.0, 0.1), (0.5, 1.0), (0.0, 0.1)),), filled=True),
}
MARKS = frozenset(_SHAPES)
"""Every outcome that has a mark."""


def fill(painter: QPainter, look: Look, frame: QRectF, what: str) -> None:
    """Fill a frame: sitting plain, standing striped, away dotted, unseen empty, a call barred.

    `breaks` is the plain bar of a count, and `now` the line of this moment.
    """
    if what == "now":
        painter.fillRect(QRectF(frame.center().x() - 1, frame.top(), 2, frame.height()), look.ink)
        return
    path = QPainterPath()
    radius = min(_RADIUS, frame.width() / 2)
    path.addRoundedRect(frame, radius, radius)
    bodies = {"seated": sitting(look), "standing": look.accent, "breaks": look.accent, "call": look.ink}
    painter.fillPath(path, bodies.get(what, look.card))
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    if what == "standing":
        _stripes(painter, frame, look.on_accent)
    elif what == "away":
        _dots(painter, frame, look.edge)
    elif what == "call":
        _bars(painter, frame, look.ground)
    painter.restore()
    if what in {"away", "unseen"}:
        style = Qt.PenStyle.SolidLine if what == "away" else Qt.PenStyle.DashLine
        painter.setPen(QPen(look.edge, 1.2, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame.adjusted(0.6, 0.6, -0.6, -0.6), radius, radius)


def mark(painter: QPainter, look: Look, centre: QPointF, outcome: str) -> None:
    """Draw the mark of a prompt with that outcome; only one that was followed is coloured."""
    shape = _SHAPES[outcome]
    half = SIZE / 2 - 1
    frame = QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half)
    body, stroke = (look.accent, look.on_accent) if outcome == "started" else (look.ink, look.ink)
    painter.setPen(QPen(body, 1.8))
    painter.setBrush(body if shape.filled else Qt.BrushStyle.NoBrush)
    if shape.ring:
        painter.drawEllipse(frame)
    painter.setPen(QPen(stroke, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for corners in shape.strokes:
        line = _within(frame, corners)
        if line.isClosed():
            painter.drawPolygon(line)
        else:
            painter.drawPolyline(line)


def sitting(look: Look) -> QColor:
    """A calm blue as light or dark as the look's edges: sitting is no fault."""
    return _mixed(look.edge, QColor("#3f7fc0"), 0.4)


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    """`share` of `other` in `one`."""
    return QColor(
        round(one.red() + (other.red() - one.red()) * share),
        round(one.green() + (other.green() - one.green()) * share),
        round(one.blue() + (other.blue() - one.blue()) * share),
    )


def _stripes(painter: QPainter, frame: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.3))
    x = frame.left() - frame.height()
    while x < frame.right():
        painter.drawLine(QPointF(x, frame.bottom()), QPointF(x + frame.height(), frame.top()))
        x += _STRIPES


def _dots(painter: QPainter, frame: QRectF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    row, y = 0, frame.top() + _DOTS / 2
    while y < frame.bottom():
        x = frame.left() + _DOTS / 2 * (1 + row % 2)
        while x < frame.right():
            painter.drawEllipse(QPointF(x, y), 0.9, 0.9)
            x += _DOTS
        row, y = row + 1, y + _DOTS


def _bars(painter: QPainter, frame: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.4))
    x = frame.left() + 5
    while x < frame.right():
        painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
        x += 5


def _within(frame: QRectF, corners: _Corners) -> QPolygonF:
    return QPolygonF(
        [QPointF(frame.x() + x * frame.width(), frame.y() + y * frame.height()) for x, y in corners]
    )
