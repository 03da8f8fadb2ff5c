"""Sections of text to read at leisure, which can be selected and copied."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextListFormat
from PySide6.QtWidgets import QFrame, QTextEdit

from tray_agent.ui.lettering import BOLD, leading
from tray_agent.ui.look import sized

LINE_HEIGHT = 130
"""In per cent."""
WITHIN, BETWEEN = 5.0, 16.0
"""Room above a line, and above a section's heading."""
INDENT, AIR = 20, 12
SMALLEST_HEIGHT = 64


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lines under a heading, or under none; `points` makes each line a bullet."""

    lines: tuple[str, ...]
    heading: str = ""
    points: bool = False


class Prose(QTextEdit):
    """Shows sections; scrolls when there is less room than text."""

    def __init__(self) -> None:
        super().__init__()
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
        self.clear()
        cursor = self.textCursor()
        for number, section in enumerate(sections):
            if section.heading:
                self._paragraph(cursor, section.heading, BETWEEN if number else WITHIN, bold=True)
            for line in section.lines:
                self._paragraph(cursor, line, WITHIN, bold=False)
                if section.points:
                    cursor.createList(self._bullets())
        self.moveCursor(QTextCursor.MoveOperation.Start)

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

    def _margins(self) -> tuple[int, int, int, int]:
        """Air between the text and its scroll bar, which stands where lines end."""
        right_to_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return (AIR, 0, 0, 0) if right_to_left else (0, 0, AIR, 0)

    def _bullets(self) -> QTextListFormat:
        bullets = QTextListFormat()
        bullets.setStyle(QTextListFormat.Style.ListDisc)
        return bullets

    def _paragraph(self, cursor: QTextCursor, words: str, above: float, *, bold: bool) -> None:
        block, letters = QTextBlockFormat(), QTextCharFormat()
        block.setTopMargin(above)
        block.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setAlignment(leading(self))
        block.setLayoutDirection(self.layoutDirection())
        if bold:
            letters.setFontWeight(BOLD)
        if self.document().isEmpty():
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)
        cursor.insertText(words, letters)
