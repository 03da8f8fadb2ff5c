"""The menu bar as a person sees and uses it, from the test's thread."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.macos.appkit import (
    NSControlStateValueOn,
    NSMenu,
    NSMenuItem,
    NSStatusBar,
    NSStatusBarButton,
)
from tests.support.macos.played_main import main

Line = tuple[str, ...]


def icons() -> int:
    """How many there are."""
    return main.ask(lambda: len(NSStatusBar.systemStatusBar().items))


def button() -> NSStatusBarButton:
    """Of the only icon."""

    def find() -> NSStatusBarButton | None:
        return NSStatusBar.systemStatusBar().items[0].button()

    found = main.ask(find)
    assert found is not None
    return found


def opens_menu() -> None:
    """Click on the icon; returns when AppKit would show the menu."""

    def open_it() -> None:
        the_menu().opens()

    main.ask(open_it)


def the_menu() -> NSMenu:
    menu = NSStatusBar.systemStatusBar().items[0].menu
    assert menu is not None
    return menu


def lines() -> list[Line]:
    """The menu as it is shown now: labels with what is marked about them."""
    return main.ask(lambda: [_line(item) for item in the_menu().items])


def chooses(*labels: str) -> None:
    """Click on an entry, by way of the submenus it is in."""

    def choose() -> None:
        menu = the_menu()
        for label in labels[:-1]:
            menu = _found(menu, label)._submenu or menu
        _found(menu, labels[-1]).choose()

    main.ask(choose)


def held(for_item: str) -> Callable[[], None]:
    """What a click on the entry will do, kept back as while AppKit closes the menu."""
    item = main.ask(lambda: _found(the_menu(), for_item))
    return lambda: main.ask(item.choose)


def _found(menu: NSMenu, label: str) -> NSMenuItem:
    return next(item for item in menu.items if item._title == label)


def _line(item: NSMenuItem) -> Line:
    if item.is_separator:
        return ("-",)
    marks = {
        "checked": item._state == NSControlStateValueOn,
        "bold": item.bold is not None,
        "grey": not item._enabled,
    }
    below = [] if item._submenu is None else [f"> {each._title}" for each in item._submenu.items]
    return (item._title, *(name for name, on in marks.items() if on), *below)
