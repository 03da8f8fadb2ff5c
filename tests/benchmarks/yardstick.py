"""The least a tray program in Python can be: an icon in the panel, and a look at the X server's idle time
every five seconds.

    python tests/benchmarks/yardstick.py
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, c_char_p, c_int, c_ulong, c_void_p

from jeepney import DBusAddress, MessageType, new_error, new_method_call, new_method_return
from jeepney.io.blocking import open_dbus_connection

WATCHER = DBusAddress(
    "/StatusNotifierWatcher", "org.kde.StatusNotifierWatcher", "org.kde.StatusNotifierWatcher"
)
ITEM = {
    "Category": ("s", "ApplicationStatus"),
    "Id": ("s", "yardstick"),
    "Title": ("s", "yardstick"),
    "Status": ("s", "Active"),
    "IconName": ("s", "dialog-information"),
    "ItemIsMenu": ("b", False),
}
LOOK_S = 5.0


class IdleInfo(ctypes.Structure):
    """What the X server answers about its screen saver."""

    _fields_ = (
        ("window", c_ulong),
        ("state", c_int),
        ("kind", c_int),
        ("til_or_since", c_ulong),
        ("idle_ms", c_ulong),
        ("event_mask", c_ulong),
    )


class IdleCounter:
    """Milliseconds since the last input, on one connection."""

    def __init__(self) -> None:
        x11, self._xss = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXss.so.1")
        x11.XOpenDisplay.restype, x11.XOpenDisplay.argtypes = c_void_p, [c_char_p]
        x11.XDefaultRootWindow.restype, x11.XDefaultRootWindow.argtypes = c_ulong, [c_void_p]
        self._xss.XScreenSaverQueryInfo.argtypes = [c_void_p, c_ulong, POINTER(IdleInfo)]
        self._display = c_void_p(x11.XOpenDisplay(None))
        self._root = x11.XDefaultRootWindow(self._display)
        self._info = IdleInfo()

    def idle_ms(self) -> int:
        """Ask the server."""
        self._xss.XScreenSaverQueryInfo(self._display, self._root, ctypes.byref(self._info))
        return int(self._info.idle_ms)


def main() -> None:
    """Live until somebody ends it."""
    bus = open_dbus_connection("SESSION")
    bus.send(new_method_call(WATCHER, "RegisterStatusNotifierItem", "s", (bus.unique_name,)))
    counter = IdleCounter()
    while True:
        counter.idle_ms()
        try:
            call = bus.receive(timeout=LOOK_S)
        except TimeoutError:
            continue
        if call.header.message_type is MessageType.method_call:
            known = call.header.fields.get(3) == "GetAll"
            reply = new_method_return(call, "a{sv}", (ITEM,)) if known else None
            bus.send(reply or new_error(call, "org.freedesktop.DBus.Error.UnknownProperty"))


if __name__ == "__main__":
    main()
