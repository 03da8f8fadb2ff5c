"""The one hidden window: Windows tells of session, power, clock, screens and tray icon by messages to one.

It is pystray's own window with two things mended.  pystray answers 0 to whatever it does not know, which to
WM_QUERYENDSESSION says that this program does not let the session end; here the system's own answer is
given.  And its message loop takes calls from other threads, which is how the tray icon is reached.

The window has a thread of its own: handlers run there and do nothing but `loop.call_soon`.  An exception in
one is a bug and is raised on the agent's loop, as it would be there.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections import deque
from collections.abc import Callable
from ctypes import wintypes
from functools import partial
from typing import NoReturn

from pystray._util import win32
from pystray._win32 import Icon

from tray_agent.ports import Loop, Unavailable

assert sys.platform == "win32"

APP = "org.trayagent.TrayAgent"
WM_NULL, WM_CLOSE, WM_APP = 0x0000, 0x0010, 0x8000
WM_CALL = WM_APP + 1
PER_MONITOR_AWARE_V2 = -4
PATIENCE_S = 5.0
"""For the window to be made, which takes milliseconds."""
GOODBYE_S = 1.0
"""For its thread to end; it may be waiting for a taskbar that hangs."""

Handler = Callable[[int, int], int | None]
Call = Callable[[], object]

_user32 = ctypes.WinDLL("user32", use_last_error=True)
_user32.SetProcessDpiAwarenessContext.argtypes = (ctypes.c_void_p,)
_user32.SetProcessDpiAwarenessContext.restype = wintypes.BOOL
_user32.SetThreadDpiAwarenessContext.argtypes = (ctypes.c_void_p,)
_user32.SetThreadDpiAwarenessContext.restype = ctypes.c_void_p
_user32.PostMessageW.argtypes = (wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)
_user32.PostMessageW.restype = wintypes.BOOL
_shell32 = ctypes.OleDLL("shell32")
_shell32.SetCurrentProcessExplicitAppUserModelID.argtypes = (wintypes.LPCWSTR,)


class MessageWindow:
    """A hidden top-level window, which also gets what is sent to all of them; there from the beginning.

    Everything but `hwnd` and `post` belongs to the agent's loop.  Raises `Unavailable` where there can be no
    window, as in a service.  With it the process gets what Windows wants set before the first window: the
    program's AppUserModelID, and that it knows of the scale of each monitor, by which other windows are
    measured too.
    """

    def __init__(self, loop: Loop) -> None:
        # Refused where it is set already, as by the manifest of an executable.
        _user32.SetProcessDpiAwarenessContext(PER_MONITOR_AWARE_V2)
        _shell32.SetCurrentProcessExplicitAppUserModelID(APP)
        self._loop = loop
        self._handlers: dict[int, tuple[Handler, ...]] = {}
        self._calls: deque[Call] = deque()
        self._closed = False
        self._window = _Window(self._answer)
        self.hwnd = self._window.begin()

    def on(self, message: int, handler: Handler) -> Call:
        """Call `handler(wparam, lparam)` on the window's thread at each such message; returns what stops it.

        What the handler returns is the answer; after None the next handler is asked, and last the system.
        """
        own = partial(handler)  # so that one that is given twice can be stopped once
        self._handlers[message] = (*self._handlers.get(message, ()), own)
        return lambda: self._stop(message, own)

    def post(self, call: Call) -> None:
        """Make the call on the window's thread, from whatever thread; too late when the window is closed."""
        self._calls.append(call)
        _user32.PostMessageW(self.hwnd, WM_CALL, 0, 0)

    def close(self) -> None:
        """Make the calls that wait, then let the window go; safe to call twice."""
        if not self._closed:
            self._closed = True
            self.post(partial(win32.PostQuitMessage, 0))
            self._window.end()

    def _stop(self, message: int, handler: Handler) -> None:
        self._handlers[message] = tuple(h for h in self._handlers.get(message, ()) if h is not handler)

    def _answer(self, message: int, wparam: int, lparam: int) -> int | None:
        """None where the system's own answer is the one to give."""
        try:
            if message == WM_CALL:
                self._calls.popleft()()
                return 0
            for handler in self._handlers.get(message, ()):
                if (answer := handler(wparam, lparam)) is not None:
                    return answer
        except Exception as error:  # noqa: BLE001  nothing may pass through the system's frames; told on the loop
            self._loop.call_soon(partial(_raise, error))
        # The system's answer to this one would be the end of the window.
        return 0 if message == WM_CLOSE else None


class _Answers:
    """What pystray's window procedure takes for a dictionary of handlers: there is one for everything."""

    def __init__(self, answer: Callable[[int, int, int], int]) -> None:
        self._answer = answer

    def get(self, message: int, _default: object) -> Callable[[int, int], int]:
        """The handler of the message."""
        return partial(self._answer, message)


class _Window(Icon):  # type: ignore[misc]
    """pystray's icon that is never shown: its window, and a thread that runs the message loop."""

    def __init__(self, answer: Callable[[int, int, int], int | None]) -> None:
        super().__init__(APP)
        self._answer = answer
        self._message_handlers = _Answers(self._answered)
        self._ready = threading.Event()
        self._fault: OSError | None = None
        self._thread = threading.Thread(target=self._run, name="window", daemon=True)

    def __del__(self) -> None:
        """Nothing: pystray's own waits for a thread."""

    def begin(self) -> int:
        """Make the window and return its handle."""
        self._thread.start()
        self._ready.wait(PATIENCE_S)
        if self._hwnd is None:
            raise Unavailable(f"no window can be made: {self._fault or 'no answer from the system'}")
        return int(self._hwnd)

    def end(self) -> None:
        """Wait for the thread, which was told to quit."""
        if threading.current_thread() is not self._thread:
            self._thread.join(GOODBYE_S)

    def _run(self) -> None:
        # Also where the process could not be told.
        _user32.SetThreadDpiAwarenessContext(PER_MONITOR_AWARE_V2)
        try:
            hwnd = self._create_window(self._atom)
        except OSError as error:
            self._fault = error
        else:
            self._HWND_TO_ICON[hwnd] = self
            self._hwnd = hwnd
        finally:
            self._ready.set()
        if self._hwnd is not None:
            self._mainloop()
        self._unregister_class(self._atom)

    def _mainloop(self) -> None:
        message = wintypes.MSG()
        # -1 would be a fault of ours, such as a window that is gone.
        while win32.GetMessage(ctypes.byref(message), None, 0, 0) > 0:
            win32.TranslateMessage(ctypes.byref(message))
            win32.DispatchMessage(ctypes.byref(message))
        del self._HWND_TO_ICON[self._hwnd]
        win32.DestroyWindow(self._hwnd)

    def _answered(self, message: int, wparam: int, lparam: int) -> int:
        answer = self._answer(message, wparam, lparam)
        if answer is None:
            return int(win32.DefWindowProc(self._hwnd, message, wparam, lparam))
        return answer


def _raise(error: Exception) -> NoReturn:
    raise error
