import pytest

from tray_agent.shell.tray_hint import tray_hint


@pytest.mark.parametrize(
    ("desktop", "named"),
    [
        ("GNOME", "AppIndicator and KStatusNotifierItem Support"),
        ("ubuntu:GNOME", "AppIndicator and KStatusNotifierItem Support"),
        ("XFCE", "Status Tray Plugin"),
        ("MATE", "Notification Area"),
        ("KDE", "System Tray"),
        ("X-Cinnamon", "XApp Status Applet"),
        ("i3", "trayer"),
        ("", "trayer"),
    ],
)
def test_each_desktop_has_its_own_way(desktop: str, named: str) -> None:
    assert named in tray_hint(desktop)
    assert "applications menu" in tray_hint(desktop)
