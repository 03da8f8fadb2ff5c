import pytest
from PySide6.QtWidgets import QApplication

from tray_agent.ui.breaks.dyed import Dyed
from tray_agent.ui.look import Look, scheme_palette


def test_it_follows_the_desktop_from_light_to_dark(app: QApplication) -> None:
    own = app.palette()
    dyed = Dyed()
    try:
        for scheme in ("dark", "light", "high_contrast"):
            palette = scheme_palette(scheme)
            app.setPalette(palette)
            app.processEvents()
            assert dyed.styleSheet() == Look.of(palette).sheet()
    finally:
        app.setPalette(own)


@pytest.mark.usefixtures("app")
def test_it_is_dyed_before_it_is_seen() -> None:
    assert Dyed().styleSheet()
