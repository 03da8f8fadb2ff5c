"""What every window needs before it can be shown: the Qt application, its direction, its scheme."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable

from PySide6.QtCore import QLibraryInfo, QLocale, QLoggingCategory, Qt, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from tray_agent.shell.words import ENGLISH, language
from tray_agent.ui.incoming import Appearance
from tray_agent.ui.look import scheme_palette

WHOLE = 100

_NOT_OUR_NEWS = "qt.qpa.services=false\nqt.qpa.theme.*=false\nqt.qpa.wayland*.warning=false"
"""Qt complains at length where a desktop has no portal, though it can do without; and under Wayland
of states that a compositor may well pass through."""


def start(title: str, appearance: Appearance) -> QApplication:
    """The application, laid out in the direction of `title` and looking as wished for."""
    if appearance.scale > WHOLE:
        os.environ["QT_SCALE_FACTOR"] = f"{appearance.scale / WHOLE}"
    QLoggingCategory.setFilterRules(_NOT_OUR_NEWS)
    app = _in_the_background() if sys.platform == "darwin" else QApplication(["tray-agent"])
    app.setApplicationName("Tray Agent")
    app.setDesktopFileName("org.trayagent.TrayAgent")
    app.setWindowIcon(_icon(appearance.icons))
    if appearance.scheme != "system":
        app.setStyle("fusion")  # the one style that takes any palette on every system
        app.setPalette(scheme_palette(appearance.scheme))
    _speak(app)
    app.setLayoutDirection(direction(title))
    return app


def _icon(files: Iterable[str]) -> QIcon:
    icon = QIcon()
    for file in files:
        icon.addFile(file)
    return icon


def _in_the_background() -> QApplication:
    """The application on macOS, where each would have an icon in the Dock and take the keys as it starts."""
    from tray_agent.ui import appkit_window

    os.environ["QT_MAC_DISABLE_FOREGROUND_APPLICATION_TRANSFORM"] = "1"
    app = QApplication(["tray-agent"])
    appkit_window.become_accessory()
    return app


def _speak(app: QApplication) -> None:
    """Let Qt's dialogs, dates and numbers speak the language of our sentences."""
    # Left to itself Qt takes words from one variable and the names of months from another.
    own = QLocale(_own_locale())
    spoken = QLocale(language())
    bare = own.language() == QLocale.Language.C and language() == ENGLISH
    QLocale.setDefault(own if bare or own.language() == spoken.language() else spoken)
    if language() == ENGLISH:
        return
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(language()), "qtbase", "_", folder):
        app.installTranslator(translator)


def _own_locale() -> str:
    """The locale the person's dates are written in, as far as the system tells."""
    told = (os.environ.get(name) for name in ("LC_ALL", "LC_TIME", "LANG"))
    return next((name for name in told if name), QLocale.system().name()).partition(".")[0]


def running() -> QApplication:
    """The application that was started."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def show(window: QWidget, *, quietly: bool) -> None:
    """Show the window; quietly means on top of the others, yet without taking the focus.

    Under Wayland neither can be asked for: nothing stays on top there, and some compositors, sway among
    them, give each new window the keys, which is why buttons that answer sleep for a second.
    """
    if quietly:
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        window.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        window.show()
        return
    window.show()
    window.raise_()
    window.activateWindow()


def allow_activation(token: str) -> None:
    """Let the next window that is activated take the focus under Wayland: the person has asked for it."""
    os.environ["XDG_ACTIVATION_TOKEN"] = token  # Qt looks for it there, and takes it away


def in_wayland() -> bool:
    """Whether windows are placed, raised and given the focus by a Wayland compositor alone."""
    return QApplication.platformName().startswith("wayland")


def direction(text: str) -> Qt.LayoutDirection:
    """The direction of the first strong letter: the text's language decides, not the desktop's."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in {"R", "AL"}:
            return Qt.LayoutDirection.RightToLeft
        if kind == "L":
            break
    return Qt.LayoutDirection.LeftToRight


def motion_unwanted() -> bool:
    """Whether the desktop has switched its animations off."""
    from PySide6.QtWidgets import QStyle  # 6 ms for the names of all its hints

    if not QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animate):
        return True
    # Qt does not know the switch that people find in the settings of their system.
    if sys.platform == "win32":
        from tray_agent.ui import win32_window

        return win32_window.motion_unwanted()
    if sys.platform == "darwin":
        from tray_agent.ui import appkit_window

        return appkit_window.motion_unwanted()
    from tray_agent.ui import desktop_motion

    return desktop_motion.still()
