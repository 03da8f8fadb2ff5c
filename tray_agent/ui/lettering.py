"""Words on a page, in the person's own font and on the side the language begins on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tray_agent.ui.look import sized

BOLD = QFont.Weight.DemiBold


def lettered(
    page: QWidget, text: str, size: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal, role: str = ""
) -> QLabel:
    """A wrapped label in `size` times the page's font; `role` is one of the style sheet's."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(leading(page))
    label.setFont(sized(page.font(), size, weight))
    label.setProperty("role", role)
    return label


def leading(page: QWidget) -> Qt.AlignmentFlag:
    """Where lines begin.  Left alone, text turns to the side of its own first letter, translated or not."""
    if page.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
    return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute


def button(text: str, role: str = "") -> QPushButton:
    """A button that says `text`; Enter presses it when it has the focus."""
    made = QPushButton(literal(text))
    made.setAccessibleName(text)
    made.setProperty("role", role)
    made.setAutoDefault(True)
    return made


def literal(text: str) -> str:
    """The text for a button or a menu, where a lone ampersand would underline the next letter."""
    return text.replace("&", "&&")
