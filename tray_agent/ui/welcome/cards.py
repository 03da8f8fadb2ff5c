"""Cards to tick or to choose from: a mark, a title and lines that say what it means."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from tray_agent.ui.lettering import BOLD, leading, literal
from tray_agent.ui.look import Look, sized

MARK, GAP, AROUND, ROUND = 20, 12, 14, 10
BELOW_TITLE, BELOW_LINE = 4, 3
SPACE = 12
"""Between two cards."""

_SMALLER = 0.93
_WRAP = Qt.TextFlag.TextWordWrap.value | Qt.TextFlag.TextShowMnemonic.value


class TickCard(QCheckBox):
    """A card with a box to tick."""

    def __init__(self, title: str, lines: Sequence[str] = ()) -> None:
        super().__init__(literal(title))
        self.lines = tuple(lines)
        _prepare(self, title, lines)

    def explain(self, lines: Sequence[str]) -> None:
        """Have these lines below the title from now on."""
        self.lines = tuple(lines)
        self.setAccessibleDescription(" ".join(lines))
        self.updateGeometry()
        self.update()

    def hitButton(self, pos: object) -> bool:
        """The whole card counts."""
        return True

    def sizeHint(self) -> QSize:
        """Wide enough to read, high enough for that width."""
        return _hint(self, self.lines)

    def hasHeightForWidth(self) -> bool:
        """Lines wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for title and lines."""
        return _height(self, self.lines, width)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, the box, the tick and the words."""
        with QPainter(self) as painter:
            mark = _card(self, painter)
            painter.drawRoundedRect(mark, 5, 5)
            if self.isChecked():
                _tick(painter, mark, _look(self))
            _words(self, self.lines, painter)


class ChoiceCard(QRadioButton):
    """A card that is one of several, of which exactly one is chosen."""

    def __init__(self, title: str, lines: Sequence[str] = ()) -> None:
        super().__init__(literal(title))
        self.lines = tuple(lines)
        _prepare(self, title, lines)

    def hitButton(self, pos: object) -> bool:
        """The whole card counts."""
        return True

    def sizeHint(self) -> QSize:
        """Wide enough to read, high enough for that width."""
        return _hint(self, self.lines)

    def hasHeightForWidth(self) -> bool:
        """Lines wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for title and lines."""
        return _height(self, self.lines, width)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, the ring, the dot and the words."""
        with QPainter(self) as painter:
            mark = _card(self, painter)
            painter.drawEllipse(mark)
            if self.isChecked():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(_look(self).on_accent)
                painter.drawEllipse(mark.center(), 4, 4)
            _words(self, self.lines, painter)


class Cards(QWidget):
    """Cards side by side where there is room for them, below each other where there is none."""

    def __init__(self, cards: Sequence[ChoiceCard | TickCard], least_width: int) -> None:
        super().__init__()
        self.cards = tuple(cards)
        self._least_width = least_width
        for card in self.cards:
            card.setParent(self)
        self.setSizePolicy(_wrapping())

    def columns(self, width: int) -> int:
        """How many cards stand side by side, as many in each row as can be."""
        most = max(1, min(len(self.cards), (width + SPACE) // (self._least_width + SPACE)))
        rows = -(-len(self.cards) // most)
        return -(-len(self.cards) // rows)

    def hasHeightForWidth(self) -> bool:
        """Fewer columns need more height."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for all rows."""
        heights = self._row_heights(width)
        return sum(heights) + SPACE * (len(heights) - 1)

    def sizeHint(self) -> QSize:
        """All side by side."""
        width = len(self.cards) * (self._least_width + SPACE) - SPACE
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One below the other."""
        return QSize(self._least_width, SPACE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put each card in its place, beginning where lines begin."""
        columns, whole = self.columns(self.width()), self.width() + SPACE
        right_to_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        top = 0
        for row, height in enumerate(self._row_heights(self.width())):
            for column, card in enumerate(self.cards[row * columns : (row + 1) * columns]):
                left = column * whole // columns
                width = (column + 1) * whole // columns - SPACE - left
                card.setGeometry(self.width() - left - width if right_to_left else left, top, width, height)
            top += height + SPACE

    def _row_heights(self, width: int) -> list[int]:
        columns = self.columns(width)
        each = (width + SPACE) // columns - SPACE
        rows = [self.cards[start : start + columns] for start in range(0, len(self.cards), columns)]
        return [max(card.heightForWidth(each) for card in row) for row in rows]


def _prepare(card: QAbstractButton, title: str, lines: Sequence[str]) -> None:
    card.setAccessibleName(title)
    card.setAccessibleDescription(" ".join(lines))
    card.setFont(sized(card.font(), 1.08, BOLD))
    card.setAttribute(Qt.WidgetAttribute.WA_Hover)
    card.setSizePolicy(_wrapping())


def _wrapping() -> QSizePolicy:
    """As wide as can be, and then as high as must be."""
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy


def _hint(card: QAbstractButton, lines: Sequence[str]) -> QSize:
    return QSize(200, _height(card, lines, 200))


def _height(card: QAbstractButton, lines: Sequence[str], width: int) -> int:
    return max(sum(_heights(card, lines, width - 2 * AROUND - MARK - GAP)), MARK) + 2 * AROUND


def _heights(card: QAbstractButton, lines: Sequence[str], width: int) -> list[int]:
    """Of the title and of each line, with the room above it."""
    title = _wrapped(card.fontMetrics(), card.text(), width)
    if not lines:
        return [title]
    small = QFontMetrics(sized(card.font(), _SMALLER))
    return [title, *(BELOW_TITLE + BELOW_LINE + _wrapped(small, line, width) for line in lines)]


def _wrapped(metrics: QFontMetrics, text: str, width: int) -> int:
    return metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAP, text).height()


def _card(card: QAbstractButton, painter: QPainter) -> QRectF:
    """Draw the card itself, and be ready to draw the mark's outline; returns where the mark is."""
    look, on = _look(card), card.isChecked()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    lit = card.isEnabled() and (on or card.underMouse())
    painter.setPen(QPen(look.accent if lit else look.edge, 2 if on or card.hasFocus() else 1))
    painter.setBrush(look.card if card.isEnabled() else look.ground)
    painter.drawRoundedRect(QRectF(card.rect()).adjusted(1, 1, -1, -1), ROUND, ROUND)
    if card.hasFocus():
        painter.setPen(QPen(look.ink, 1.4, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(card.rect()).adjusted(4.5, 4.5, -4.5, -4.5), ROUND - 3, ROUND - 3)
    right_to_left = card.layoutDirection() is Qt.LayoutDirection.RightToLeft
    left = card.width() - AROUND - MARK if right_to_left else AROUND
    full = look.accent if card.isEnabled() else look.soft
    painter.setPen(QPen(full if on else look.edge, 1.6))
    painter.setBrush(full if on else look.card)
    return QRectF(left, AROUND, MARK, MARK).adjusted(1, 1, -1, -1)


def _look(card: QAbstractButton) -> Look:
    """The colours of the living: what cannot be chosen must still be read."""
    palette = QPalette(card.palette())
    palette.setCurrentColorGroup(QPalette.ColorGroup.Active)
    return Look.of(palette)


def _tick(painter: QPainter, mark: QRectF, look: Look) -> None:
    painter.setPen(QPen(look.on_accent, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    corners = ((0.24, 0.52), (0.43, 0.72), (0.77, 0.3))
    at = [QPointF(mark.x() + x * mark.width(), mark.y() + y * mark.height()) for x, y in corners]
    painter.drawPolyline(QPolygonF(at))


def _words(card: QAbstractButton, lines: Sequence[str], painter: QPainter) -> None:
    look = _look(card)
    right_to_left = card.layoutDirection() is Qt.LayoutDirection.RightToLeft
    room = card.rect().adjusted(AROUND, AROUND, -AROUND, -AROUND)
    room.adjust(0 if right_to_left else MARK + GAP, 0, -(MARK + GAP) if right_to_left else 0, 0)
    flags = leading(card).value | _WRAP
    heights = _heights(card, lines, room.width())
    room.translate(
        0, max(0, (MARK - card.fontMetrics().height()) // 2)
    )  # the first line, level with the mark
    painter.setPen(look.ink if card.isEnabled() else look.soft)
    painter.setFont(card.font())
    painter.drawText(room, flags, card.text())
    painter.setPen(look.soft)
    painter.setFont(sized(card.font(), _SMALLER))
    top = room.top() + heights[0] + BELOW_TITLE
    for line, height in zip(lines, heights[1:], strict=True):
        painter.drawText(QRect(room.left(), top + BELOW_LINE, room.width(), height), flags, line)
        top += height
