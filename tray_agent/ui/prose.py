"""Sections of text to read at leisure, which can be selected and copied."""

from __future__ import annotations

from itertools import zip_longest

import msgspec
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextListFormat,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from tray_agent.ui.lettering import BOLD, leading
from tray_agent.ui.look import Look, sized

LINE_HEIGHT = 130
"""In per cent."""
WITHIN, BETWEEN = 5.0, 16.0
"""Room above a line, and above a section's heading."""
INDENT, AIR = 20, 12
SMALLEST_HEIGHT = 64
SMALL = 0.92
"""How large sources and the English below a translation are, beside the text they belong to."""
FRAME, PADDING = 2.0, 12.0


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lines under a heading, or under none; `points` makes each line a bullet.

    `english` has each line once more, to be shown below it, and `english_heading` the heading.  The
    `source` stands below them all; an `urgent` section is framed.
    """

    lines: tuple[str, ...]
    heading: str = ""
    points: bool = False
    english: tuple[str, ...] = ()
    english_heading: str = ""
    source: str = ""
    urgent: bool = False


class Prose(QTextEdit):
    """Shows sections; scrolls when there is less room than text."""

    def __init__(self) -> None:
        super().__init__()
        self._sections: tuple[Section, ...] = ()
        self.setObjectName("prose")
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(sized(self.font(), 1.08))
        self.setViewportMargins(*self._margins())
        self.document().setDocumentMargin(0)
        self.document().setIndentWidth(INDENT)

    def write(self, sections: tuple[Section, ...]) -> None:
        """Show these sections and no others."""
        self._sections = sections
        self.clear()
        look = Look.of(self.palette())
        for section in sections:
            _Writing(self, look, urgent=section.urgent).write(section)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if self.textCursor().block().length() == 1:  # above a frame stands an empty paragraph
            self.moveCursor(QTextCursor.MoveOperation.NextBlock)

    def height_for(self, width: int) -> int:
        """How high the whole text is when it is `width` wide."""
        self.document().setTextWidth(width - AIR)
        return round(self.document().size().height()) + 2 * self.frameWidth() + 4

    def sizeHint(self) -> QSize:
        """As little as can be read; whoever shows the text gives it more."""
        return QSize(200, SMALLEST_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """As the size hint."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Frames and small print take the new palette's colours; the reader stays where they are."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._sections:
            where = self.verticalScrollBar().value()
            self.write(self._sections)
            self.verticalScrollBar().setValue(where)

    def _margins(self) -> tuple[int, int, int, int]:
        """Air between the text and its scroll bar, which stands where lines end."""
        right_to_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return (AIR, 0, 0, 0) if right_to_left else (0, 0, AIR, 0)


class _Writing:
    """Writes one section at the end of the document, in a frame of its own when it is urgent."""

    def __init__(self, prose: Prose, look: Look, *, urgent: bool) -> None:
        document = prose.document()
        self._prose, self._look = prose, look
        self._first = document.isEmpty() and not document.rootFrame().childFrames()
        self._cursor = document.rootFrame().lastCursorPosition()
        # A new document begins with an empty paragraph, and a frame ends with one below it.
        self._unused = self._cursor.block().length() == 1
        self._above = WITHIN if self._first else BETWEEN
        if urgent:
            self._open_frame()

    def write(self, section: Section) -> None:
        """The heading, the lines, each with its English, and the source."""
        if section.heading:
            self._paragraph(section.heading, self._above, weight=BOLD)
            self._english(section.english_heading)
        for line, english in zip_longest(section.lines, section.english[: len(section.lines)], fillvalue=""):
            self._paragraph(line, WITHIN)
            if section.points:
                self._cursor.createList(_bullets())
            self._english(english, indent=int(section.points))
        if section.source:
            self._paragraph(section.source, WITHIN, size=SMALL, colour=self._look.soft)

    def _open_frame(self) -> None:
        gap = QTextBlockFormat()
        gap.setLineHeight(1 if self._unused else BETWEEN, _FIXED)
        self._cursor.setBlockFormat(gap) if self._unused else self._cursor.insertBlock(gap)
        frame = QTextFrameFormat()
        frame.setBorder(FRAME)
        frame.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        frame.setBorderBrush(self._look.fault)
        frame.setBackground(self._look.card)
        frame.setPadding(PADDING)
        frame.setTopMargin(WITHIN)
        frame.setBottomMargin(BETWEEN)
        self._cursor.insertFrame(frame)
        self._unused, self._above = True, 0.0

    def _english(self, words: str, indent: int = 0) -> None:
        if words:
            self._paragraph(words, 0, size=SMALL, colour=self._look.soft, indent=indent, english=True)

    def _paragraph(
        self,
        words: str,
        above: float,
        *,
        weight: int | None = None,
        size: float = 1.0,
        colour: QColor | None = None,
        indent: int = 0,
        english: bool = False,
    ) -> None:
        block, letters = QTextBlockFormat(), QTextCharFormat()
        block.setTopMargin(above)
        block.setLineHeight(LINE_HEIGHT, _PROPORTIONAL)
        block.setIndent(indent)
        block.setAlignment(_LEFT if english else leading(self._prose))
        direction = self._prose.layoutDirection()
        block.setLayoutDirection(Qt.LayoutDirection.LeftToRight if english else direction)
        if weight is not None:
            letters.setFontWeight(weight)
        letters.setFontPointSize(self._prose.font().pointSizeF() * size)
        if colour is not None:
            letters.setForeground(colour)
        if self._unused:
            self._cursor.setBlockFormat(block)
        else:
            self._cursor.insertBlock(block)
        self._unused = False
        self._cursor.insertText(words, letters)


def _bullets() -> QTextListFormat:
    bullets = QTextListFormat()
    bullets.setStyle(QTextListFormat.Style.ListDisc)
    return bullets


_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
