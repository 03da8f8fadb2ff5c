import pytest
from PySide6.QtGui import QColor, QFont, QPalette

from tray_agent.ui.look import Look, scheme_palette, sized


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [True, False])
def test_every_text_can_be_read(dark: bool) -> None:
    look = Look.of(scheme_palette(dark=dark))
    for colour in (look.ink, look.soft, look.accent, look.fault):
        assert contrast(colour, look.ground) >= 4.5
    assert contrast(look.on_accent, look.accent) >= 4.5
    assert contrast(look.edge, look.ground) >= 2.0


@pytest.mark.parametrize("dark", [True, False])
def test_what_cannot_be_chosen_is_paler(dark: bool) -> None:
    palette = scheme_palette(dark=dark)
    ground = palette.color(QPalette.ColorRole.Window)
    usable, disabled = (
        contrast(palette.color(group, QPalette.ColorRole.Text), ground)
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Disabled)
    )
    assert 2.5 < disabled < usable / 2


def test_dark_is_dark_and_light_is_light() -> None:
    assert luminance(Look.of(scheme_palette(dark=True)).ground) < 0.1
    assert luminance(Look.of(scheme_palette(dark=False)).ground) > 0.8


def test_type_grows_with_the_persons_own_font() -> None:
    font = QFont()
    font.setPointSizeF(20.0)
    assert sized(font, 1.5, QFont.Weight.Bold).pointSizeF() == 30.0


def test_the_sheet_knows_every_colour_it_names() -> None:
    look = Look.of(scheme_palette(dark=True))
    assert look.accent.name() in look.sheet()
    assert "{{" not in look.sheet()
