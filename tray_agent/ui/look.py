"""How our windows look: one accent colour on the desktop's own palette, large quiet type."""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor, QFont, QPalette


@dataclass(frozen=True, slots=True)
class Look:
    """The few colours everything is drawn with; `accent` and `fault` reach 4.5:1 on `ground`."""

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
        """Colours that go with this palette, dark or light."""
        ink = palette.color(QPalette.ColorRole.WindowText)
        ground = palette.color(QPalette.ColorRole.Window)
        dark = ground.lightnessF() < ink.lightnessF()
        return cls(
            ground=ground,
            card=palette.color(QPalette.ColorRole.Base),
            ink=ink,
            soft=_mix(ink, ground, 0.34),
            line=_mix(ink, ground, 0.88),
            edge=_mix(ink, ground, 0.5),
            accent=QColor("#5cc8b4" if dark else "#0b6b60"),
            on_accent=QColor("#06231f" if dark else "#ffffff"),
            fault=QColor("#ff9d8f" if dark else "#a8261a"),
        )

    def sheet(self) -> str:
        """The style sheet of a window; `role` properties pick buttons and texts."""
        c = {field.name: getattr(self, field.name).name() for field in fields(self)}
        return _SHEET.format(**c, hover=_mix(self.accent, self.ink, 0.12).name())


def scheme_palette(*, dark: bool) -> QPalette:
    """A plain dark or light palette, for people who want another one than their desktop's."""
    window, base, text = ("#202426", "#2a2f31", "#f1f3f2") if dark else ("#f4f5f4", "#ffffff", "#1b1f1e")
    palette = QPalette(QColor(base), QColor(window))
    role = QPalette.ColorRole
    pale = _mix(QColor(text), QColor(window), 0.5)
    for text_role in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(text_role, QColor(text))
        palette.setColor(QPalette.ColorGroup.Disabled, text_role, pale)
    palette.setColor(role.Base, QColor(base))
    palette.setColor(role.PlaceholderText, pale)
    return palette


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


def _rgb(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


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
"""
