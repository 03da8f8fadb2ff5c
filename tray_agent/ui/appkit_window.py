"""What AppKit has for windows and Qt has no words for, on macOS.

Apple Developer Documentation: NSApplication.ActivationPolicy, NSWindow.CollectionBehavior,
NSWindow.SharingType and NSWorkspace.accessibilityDisplayShouldReduceMotion.  A view is known by the
number that Qt gives as `winId`.
"""

from __future__ import annotations

from typing import Any

import objc
from AppKit import (
    NSApplication,
    NSApplicationActivationPolicyAccessory,
    NSWindowCollectionBehaviorCanJoinAllSpaces,
    NSWindowCollectionBehaviorFullScreenAuxiliary,
    NSWindowSharingNone,
    NSWorkspace,
)


def become_accessory() -> None:
    """Have no icon in the Dock and no menu bar: the agent's place is among the status items."""
    NSApplication.sharedApplication().setActivationPolicy_(NSApplicationActivationPolicyAccessory)


def float_everywhere(view: int) -> None:
    """Let the window be seen on every space, beside a program in full screen too."""
    everywhere = NSWindowCollectionBehaviorCanJoinAllSpaces | NSWindowCollectionBehaviorFullScreenAuxiliary
    if (window := _window(view)) is not None:
        window.setCollectionBehavior_(window.collectionBehavior() | everywhere)


def hide_from_pictures(view: int) -> bool:
    """Let no other program read what the window shows; whether it has one."""
    if (window := _window(view)) is None:
        return False
    window.setSharingType_(NSWindowSharingNone)
    return True


def motion_unwanted() -> bool:
    """Whether the person has asked for less motion."""
    return bool(NSWorkspace.sharedWorkspace().accessibilityDisplayShouldReduceMotion())


def _window(view: int) -> Any:
    return objc.objc_object(c_void_p=view).window()
