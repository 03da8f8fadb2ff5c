"""What Windows has for windows and Qt has no words for.

Microsoft Learn: "SetWindowDisplayAffinity", "SystemParametersInfoW".
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

WDA_MONITOR, WDA_EXCLUDEFROMCAPTURE = 0x01, 0x11
"""Black in pictures of the screen; not in them at all, which Windows 10 knows since version 2004."""

SPI_GETCLIENTAREAANIMATION = 0x1042
"""What the switch "Animation effects" in the settings turns."""


def hide_from_pictures(handle: int, user32: Any = None) -> bool:
    """Keep the window, which must be this process's own, out of what other programs see of the screen.

    Whether Windows does so; composition must be on.
    """
    library = user32 or _user32()
    # A handle has 64 bits, and the machine looks at no more than it is told of.
    window = ctypes.c_void_p(handle)
    return any(
        bool(library.SetWindowDisplayAffinity(window, ctypes.c_uint32(wished)))
        for wished in (WDA_EXCLUDEFROMCAPTURE, WDA_MONITOR)
    )


def motion_unwanted(user32: Any = None) -> bool:
    """Whether the person has switched animation off."""
    library = user32 or _user32()
    animated = ctypes.c_int(1)
    asked = library.SystemParametersInfoW(SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animated), 0)
    return bool(asked) and not animated.value


def _user32() -> Any:
    if sys.platform == "win32":
        return ctypes.WinDLL("user32")
    raise OSError("there is no user32 here")
