"""What macOS is told of the app: its Info.plist, and its icon.

Sources: Apple developer documentation, "Information Property List" and "Placing content in a bundle".
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

from tray_agent import __version__

ROOT = Path(__file__).resolve().parents[2]
APP = "org.trayagent.TrayAgent"
NAME = "Tray Agent"
FOLDER = f"{NAME}.app"
PLACE = PurePosixPath("/Applications") / FOLDER
PROGRAM = PLACE / "Contents" / "MacOS" / "TrayAgent"
"""The program of the app: what the system starts and knows as ours."""
OLDEST = "13.0"
"""The first macOS with login items that an organisation can manage."""

_ICON = ROOT / "build" / "tray-agent.icns"
_SIZES = (16, 32, 64, 128, 256, 512)


def info() -> dict[str, Any]:
    """The Info.plist, over what PyInstaller would write."""
    return {
        "CFBundleDisplayName": NAME,
        "CFBundleExecutable": PROGRAM.name,
        "CFBundleIdentifier": APP,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": languages(),
        "CFBundleName": NAME,
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": __version__,
        "CFBundleVersion": __version__,
        "LSApplicationCategoryType": "public.app-category.healthcare-fitness",
        # One of its programs is for terminals, from which PyInstaller concludes that none has windows.
        "LSBackgroundOnly": False,
        "LSMinimumSystemVersion": OLDEST,
        "LSUIElement": True,
        "NSAppSleepDisabled": True,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "Tray Agent contributors, MIT licence",
        "NSUserNotificationAlertStyle": "alert",
    }


def languages() -> list[str]:
    """The languages the app speaks, as macOS writes them."""
    found = (ROOT / "tray_agent" / "locale").glob("*/LC_MESSAGES")
    return sorted({"en", *(folder.parent.name.replace("_", "-") for folder in found)})


def icon() -> Path:
    """The icon as macOS wants it, drawn anew into `build`; raises `OSError`."""
    from PIL import Image

    pictures = [Image.open(_picture(size)).convert("RGBA") for size in _SIZES]
    _ICON.parent.mkdir(exist_ok=True)
    pictures[-1].save(_ICON, append_images=pictures[:-1])
    return _ICON


def _picture(size: int) -> Path:
    return ROOT / "icons" / "png" / f"tray-agent-{size}.png"
