"""pystray's icon, menu and menu item, without any of its backends.

pystray chooses a backend while it is imported; those for Linux load GTK or fail where no X display is.
Whoever needs pystray here imports it from this module.
"""

from __future__ import annotations

import os

os.environ.setdefault("PYSTRAY_BACKEND", "dummy")

from pystray import Icon, Menu, MenuItem

__all__ = ["Icon", "Menu", "MenuItem"]
