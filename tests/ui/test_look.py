from __future__ import annotations

from typing import Literal

import pytest
from PySide6.QtGui import QColor, QFont, QPalette

from tray_agent.ui import look as looks
from tray_agent.ui.look import Look, contrast, scheme_palette, sized

Scheme = Literal["light", "dark", "high_contrast"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark", "high_contrast")

DESKTOPS = {
    "Breeze": ("#eff0f1", "#ffffff", "#232629"),
    "Breeze Dark": ("#202326", "#141618", "#fcfcfc"),
    "Adwaita": ("#fafafa", "#ffffff", "#2e3436"),
    "Adwaita Dark": ("#303030", "#2d2d2d", "#ffffff"),
    "Fusion": ("#efefef", "#ffffff", "#000000"),
    "Windows 11": ("#f3f3f3", "#ffffff", "#1b1b1b"),
}
STRONG_DESKTOPS = {
    "Aquatic": ("#202020", "#202020", "#ffffff"),
    "Desert": ("#fffaef", "#fffaef", "#3d3d3d"),
    "Dusk": ("#2d3236", "#2d3236", "#ffffff"),
    "Night sky": ("#000000", "#000000", "#ffffff"),
    "black on white": ("#ffffff", "#ffffff", "#000000"),
}


def palette(window: str, base: str, text: str) -> QPalette:
    made = QPalette(QColor(base), QColor(window))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        made.setColor(role, QColor(text))
    made.setColor(QPalette.ColorRole.Base, QColor(base))
    return made


EVERYDAY = [
    *(pytest.param(scheme_palette(scheme), id=scheme) for scheme in SCHEMES),
    *(pytest.param(palette(*colours), id=name) for name, colours in DESKTOPS.items()),
]


def test_contrast_is_what_the_guidelines_define() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)
    assert contrast(QColor("#ffffff"), QColor("#777777")) == pytest.approx(4.48, abs=0.01)
    assert contrast(QColor("#0000ff"), QColor("#ffffff")) == pytest.approx(8.59, abs=0.01)


@pytest.mark.parametrize("of", EVERYDAY)
def test_every_text_can_be_read(of: QPalette) -> None:
    look = Look.of(of)
    for ground in (look.ground, look.card):
        for colour in (look.ink, look.soft, look.accent, look.fault):
            assert contrast(colour, ground) >= 4.5
    assert contrast(look.on_accent, look.accent) >= 4.5


@pytest.mark.parametrize("of", EVERYDAY)
def test_every_outline_and_every_filled_part_can_be_seen(of: QPalette) -> None:
    look = Look.of(of)
    for ground in (look.ground, look.card):
        assert contrast(look.edge, ground) >= 3
        assert contrast(look.accent, ground) >= 3
    if of != scheme_palette("high_contrast"):
        assert contrast(look.accent, look.line) >= 3


def test_high_contrast_is_high_for_everything() -> None:
    look = Look.of(scheme_palette("high_contrast"))
    for colour in (look.ink, look.soft, look.accent, look.fault, look.edge, look.line):
        assert contrast(colour, look.ground) >= 7
        assert contrast(colour, look.card) >= 7
    assert contrast(look.on_accent, look.accent) >= 7
    assert look.accent.hsvHue() in range(45, 61), "yellow"


@pytest.mark.parametrize("colours", STRONG_DESKTOPS.values(), ids=STRONG_DESKTOPS)
def test_a_desktop_of_high_contrast_keeps_its_own_ground(
    colours: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "high_contrast_wanted", lambda: True)
    look = Look.of(palette(*colours))
    assert (look.ground, look.ink) == (QColor(colours[0]), QColor(colours[2]))
    for colour in (look.soft, look.accent, look.fault, look.edge, look.line):
        assert contrast(colour, look.ground) >= 7
    assert contrast(look.on_accent, look.accent) >= 7


def test_high_contrast_is_not_wanted_where_nobody_asks_for_it() -> None:
    assert not looks.high_contrast_wanted()
    assert Look.of(scheme_palette("light")).edge != Look.of(scheme_palette("light")).ink


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_cannot_be_chosen_is_paler(scheme: Scheme) -> None:
    made = scheme_palette(scheme)
    ground = made.color(QPalette.ColorRole.Window)
    usable, disabled = (
        contrast(made.color(group, QPalette.ColorRole.Text), ground)
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Disabled)
    )
    assert 2.5 < disabled < usable / 2


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_selected_and_what_waits_to_be_typed_can_be_read(scheme: Scheme) -> None:
    made, role = scheme_palette(scheme), QPalette.ColorRole
    assert contrast(made.color(role.HighlightedText), made.color(role.Highlight)) >= 4.5
    assert contrast(made.color(role.PlaceholderText), made.color(role.Base)) >= 4.5


def test_dark_is_dark_and_light_is_light() -> None:
    black = QColor("#000000")
    assert contrast(Look.of(scheme_palette("dark")).ground, black) < 2
    assert contrast(Look.of(scheme_palette("light")).ground, black) > 18


def test_type_grows_with_the_persons_own_font() -> None:
    font = QFont()
    font.setPointSizeF(20.0)
    assert sized(font, 1.5, QFont.Weight.Bold).pointSizeF() == 30.0


def test_the_sheet_knows_every_colour_it_names() -> None:
    look = Look.of(scheme_palette("dark"))
    assert look.accent.name() in look.sheet()
    assert "{{" not in look.sheet()
