"""How our windows look: one accent colour on the desktop's own palette, large quiet type."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

STRONG = 7.0
"""Contrast of text with its ground: WCAG 2.2, level AAA."""

LINEAR_UP_TO = 0.04045
"""Where sRGB's curve begins (IEC 61966-2-1)."""

BLACK_ON_WHITE = 20.0
"""Only black and white reach it; no desktop's everyday palette does."""


@dataclass(frozen=True, slots=True)
class Look:
    """The few colours everything is drawn with.

    Text in `ink`, `soft`, `accent` or `fault` reaches 4.5:1 on `ground` and `card`, `edge` 3:1; with high
    contrast all of these and `line` reach 7:1.
    """

    ground: QColor
    card: QColor
    ink: QColor
    soft: QColor
    line: QColor
    edge: QColor
    accent: QColor
    on_accent: QColor
    fault: QColor

    @classmethod
    def of(cls, palette: QPalette) -> Look:
        """Colours that go with this palette, dark or light; strong ones where high contrast is wanted."""
        ink = palette.color(QPalette.ColorRole.WindowText)
        ground = palette.color(QPalette.ColorRole.Window)
        dark = ground.lightnessF() < ink.lightnessF()
        strong = high_contrast_wanted() or contrast(ink, ground) >= BLACK_ON_WHITE
        colours = _STRONG if strong else _QUIET
        accent, on_accent, fault = (QColor(name) for name in colours[dark])
        return cls(
            ground=ground,
            card=palette.color(QPalette.ColorRole.Base),
            ink=ink,
            soft=_strong(_mix(ink, ground, 0.25), ink, ground) if strong else _mix(ink, ground, 0.3),
            line=_strong(_mix(ink, ground, 0.3), ink, ground) if strong else _mix(ink, ground, 0.88),
            edge=ink if strong else _mix(ink, ground, 0.44),
            accent=accent,
            on_accent=on_accent,
            fault=fault,
        )

    def sheet(self) -> str:
        """The style sheet of a window; `role` properties pick buttons and texts."""
        c = {field.name: getattr(self, field.name).name() for field in fields(self)}
        return _SHEET.format(**c, hover=_mix(self.accent, self.ink, 0.12).name())


def scheme_palette(scheme: Literal["light", "dark", "high_contrast"]) -> QPalette:
    """A plain palette, for people who want another one than their desktop's."""
    window, base, text = (QColor(name) for name in _SCHEMES[scheme])
    palette = QPalette(base, window)
    role = QPalette.ColorRole
    pale = _mix(text, window, 0.5)
    for text_role in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(text_role, text)
        palette.setColor(QPalette.ColorGroup.Disabled, text_role, pale)
    palette.setColor(role.Base, base)
    look = Look.of(palette)
    palette.setColor(role.PlaceholderText, look.soft)
    palette.setColor(role.Highlight, look.accent)
    palette.setColor(role.HighlightedText, look.on_accent)
    return palette


def high_contrast_wanted() -> bool:
    """Whether the desktop has been set to high contrast, where Qt can tell."""
    hints = QGuiApplication.styleHints()  # kept: what it hands out dies with the wrapper
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours as WCAG 2.2 defines it, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def sized(font: QFont, factor: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The person's own font, `factor` times as large."""
    larger = QFont(font)
    larger.setPointSizeF(font.pointSizeF() * factor)
    larger.setWeight(weight)
    return larger


def _mix(one: QColor, other: QColor, share: float) -> QColor:
    """`share` of `other` in `one`."""
    mixed = (a + (b - a) * share for a, b in zip(_rgb(one), _rgb(other), strict=True))
    return QColor.fromRgbF(*mixed)


def _strong(wished: QColor, otherwise: QColor, ground: QColor) -> QColor:
    return wished if contrast(wished, ground) >= STRONG else otherwise


def _rgb(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= LINEAR_UP_TO else ((part + 0.055) / 1.055) ** 2.4 for part in _rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


_QUIET = {True: ("#5cc8b4", "#06231f", "#ff9d8f"), False: ("#0b6b60", "#ffffff", "#a8261a")}
_STRONG = {True: ("#ffe14d", "#000000", "#ffb9b0"), False: ("#003c5a", "#ffffff", "#7d0b05")}
"""On dark and on light grounds: accent, what is written on it, and what is wrong."""

_SCHEMES = {
    "light": ("#f4f5f4", "#ffffff", "#1b1f1e"),
    "dark": ("#202426", "#2a2f31", "#f1f3f2"),
    "high_contrast": ("#000000", "#000000", "#ffffff"),
}
"""Each scheme's window, field and text."""


_SHEET = """
QScrollArea, QWidget#page {{ background: {ground}; }}
QLabel {{ color: {ink}; background: transparent; }}
QLabel[role="soft"] {{ color: {soft}; }}
QLabel[role="number"] {{ color: {accent}; }}
QPushButton {{
    color: {ink}; background: {card}; border: 1px solid {edge}; border-radius: 9px;
    padding: 9px 20px; min-width: 68px;
}}
QPushButton:hover {{ border-color: {accent}; }}
QPushButton:pressed {{ background: {line}; }}
QPushButton[role="main"], QPushButton[role="main-tile"] {{
    color: {on_accent}; background: {accent}; border-color: {accent};
}}
QPushButton[role="main"] {{ min-width: 108px; }}
QPushButton[role^="main"]:hover, QPushButton[role^="main"]:pressed {{ background: {hover}; }}
QPushButton[role$="tile"] {{ padding: 12px 16px; }}
QPushButton[role="tile"]:checked {{ border-color: {accent}; color: {accent}; }}
QPushButton:disabled {{ color: {soft}; border-color: {line}; }}
QLineEdit {{
    color: {ink}; background: {card}; border: 1px solid {edge}; border-radius: 7px; padding: 8px 10px;
    selection-background-color: {accent}; selection-color: {on_accent};
}}
QLineEdit:focus {{ border: 2px solid {accent}; padding: 7px 9px; }}
QLineEdit:disabled {{ color: {soft}; background: {ground}; border-color: {line}; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QLabel[role="card"] {{
    background: {card}; border: 1px solid {line}; border-radius: 9px; padding: 12px 14px;
}}
QLabel[role="fault"] {{ color: {fault}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 8px 19px; outline: none; }}
QPushButton[role$="tile"]:focus {{ padding: 11px 15px; }}
QPushButton[role^="main"]:focus {{ border-color: {ink}; }}
QScrollArea {{ border: none; }}
QTextEdit#prose {{ color: {ink}; background: {ground}; selection-background-color: {accent};
    selection-color: {on_accent}; }}
QFrame[role="setting"] {{ background: {card}; border: 1px solid {line}; border-radius: 10px; }}
QFrame[role="row"] {{ border: none; border-bottom: 1px solid {line}; }}
QFrame[role="inset"] {{ background: {ground}; border: 1px solid {line}; border-radius: 9px; }}
QSpinBox, QTimeEdit {{
    color: {ink}; background: {card}; border: 1px solid {edge}; border-radius: 7px; padding: 7px 8px;
    min-width: 46px; selection-background-color: {accent}; selection-color: {on_accent};
}}
QSpinBox::up-button, QSpinBox::down-button, QTimeEdit::up-button, QTimeEdit::down-button {{
    width: 0; border: none;
}}
QSpinBox QLineEdit, QTimeEdit QLineEdit {{ background: transparent; border: none; padding: 0; }}
QSpinBox:focus, QTimeEdit:focus {{ border: 2px solid {accent}; padding: 6px 7px; }}
QSpinBox:disabled, QTimeEdit:disabled {{ color: {soft}; background: {ground}; border-color: {line}; }}
QPushButton[role="step"] {{ padding: 6px 0; min-width: 32px; max-width: 32px; }}
QPushButton[role="day"] {{ padding: 6px 8px; min-width: 30px; }}
QPushButton[role="day"]:checked {{
    color: {on_accent}; background: {accent}; border-color: {accent};
}}
QPushButton[role="day"]:checked:focus {{ border: 2px solid {ink}; }}
QPushButton[role="quiet"] {{
    color: {accent}; background: transparent; border: 1px solid transparent; padding: 5px 3px; min-width: 0;
}}
QPushButton[role="quiet"]:hover {{ border-color: {line}; }}
QPushButton[role="step"]:focus {{ padding: 5px 0; }}
QPushButton[role="day"]:focus {{ padding: 5px 7px; }}
QPushButton[role="quiet"]:focus {{ border: 2px solid {accent}; padding: 4px 2px; }}
QPushButton[role="day"]:disabled, QPushButton[role="quiet"]:disabled {{ color: {soft}; }}
QPushButton[role="day"]:checked:disabled {{ background: {line}; border-color: {edge}; }}
QListWidget {{ color: {ink}; background: {ground}; border: none; outline: none; }}
QListWidget::item {{ padding: 8px 10px; border: 2px solid transparent; border-radius: 8px; }}
QListWidget::item:hover {{ background: {line}; }}
QListWidget::item:selected {{ color: {accent}; background: {card}; border-color: {line}; }}
QListWidget::item:selected:focus {{ border-color: {accent}; }}
QComboBox QAbstractItemView {{
    color: {ink}; background: {card}; border: 1px solid {edge}; outline: none; padding: 4px;
    selection-background-color: {accent}; selection-color: {on_accent};
}}
QComboBox QAbstractItemView::item {{ min-height: 30px; padding: 0 8px; }}
QScrollBar {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {edge}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: none; border: none; width: 0; height: 0;
}}
"""
