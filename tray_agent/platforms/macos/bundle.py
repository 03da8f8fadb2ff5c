"""Whether this process is the main program of our app, which macOS asks of whoever shows notifications
or is a login item.

Python from a terminal is not, and neither is a window's process.  Asked by Core Foundation, whose objects
may be read on every thread once they are made ("Thread Safety Summary", Threading Programming Guide).
Apple developer documentation: "CFBundleGetMainBundle", "CFBundleGetIdentifier".
"""

from __future__ import annotations

from CoreFoundation import CFBundleGetIdentifier, CFBundleGetMainBundle

APP = "org.trayagent.TrayAgent"
"""The identifier of the bundle (CFBundleIdentifier)."""


def in_bundle() -> bool:
    """Whether the system knows this process as our app."""
    bundle = CFBundleGetMainBundle()
    return bundle is not None and CFBundleGetIdentifier(bundle) == APP
