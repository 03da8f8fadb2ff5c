"""The menu of the icon: made when it is opened, so that it is never older and costs nothing before.

AppKit wants it filled before `menuNeedsUpdate:` returns, and what is in it is known on the agent's loop.  So
this thread asks there and waits, briefly: the loop never waits for this one, so neither can hold the other
up for good.  An answer that comes later is kept for the next time: a menu on the screen is not changed, which
has ended programs, and one that is empty when it is clicked may open in the wrong place, so there is always
one before.

Apple developer documentation: "NSMenuDelegate", "menuNeedsUpdate:", "NSMenuItem".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import count
from queue import Empty, SimpleQueue

from AppKit import (
    NSControlStateValueOff,
    NSControlStateValueOn,
    NSFont,
    NSFontAttributeName,
    NSMenu,
    NSMenuItem,
)
from Foundation import NSAttributedString, NSObject

from tray_agent.platforms.macos.main_thread import do, guarded
from tray_agent.ports import Entry

PATIENCE_S = 0.2
"""For the agent to say what is in the menu; less than what feels late."""
FIRST_PATIENCE_S = 1.0
"""The same where there is no older one to show meanwhile, since the agent has only just begun."""
CHOSEN = b"chosen:"

Action = Callable[[], object]
Actions = dict[int, Action]
Entries = tuple[Entry, ...]

_NEVER = -1


class TrayAgentMenuDelegate(NSObject):
    """What AppKit calls; `wanted()` and `picked(tag)` are to be set."""

    wanted: Action
    picked: Callable[[int], object]

    def menuNeedsUpdate_(self, _menu: NSMenu) -> None:  # noqa: N802
        """The menu is about to open."""
        guarded(self.wanted)()

    def chosen_(self, item: NSMenuItem) -> None:
        """The person chose this."""
        guarded(partial(self.picked, item.tag()))()


class LazyMenu:
    """An NSMenu that asks for its `entries` when it opens; belongs to the main thread, where it is made.

    `soon(call)` makes a call on the loop, to ask and to do what was chosen, or drops it where that is over.
    """

    def __init__(self, soon: Callable[[Action], object], entries: Callable[[], Sequence[Entry]]) -> None:
        self._soon = soon
        self._entries = entries
        self._openings = 0
        self._filled = _NEVER
        self._late: tuple[int, Entries] | None = None
        self._tags = count()
        self._actions: Actions = {}
        self._actions_before: Actions = {}
        # AppKit does not keep a delegate alive.
        self._delegate = TrayAgentMenuDelegate.alloc().init()
        self._delegate.wanted = self._wanted
        self._delegate.picked = self._picked
        self.menu = _empty()
        self.menu.setDelegate_(self._delegate)
        self._soon(partial(self._ask, self._openings, SimpleQueue()))

    def close(self) -> None:
        """Close it on the screen and ask no more."""
        self.menu.cancelTrackingWithoutAnimation()
        self.menu.setDelegate_(None)

    def _wanted(self) -> None:
        self._openings += 1
        answer: SimpleQueue[Entries] = SimpleQueue()
        self._soon(partial(self._ask, self._openings, answer))
        try:
            entries = answer.get(timeout=FIRST_PATIENCE_S if self._filled == _NEVER else PATIENCE_S)
        except Empty:
            if self._late is not None and self._late[0] > self._filled:
                self._fill(*self._late)
        else:
            self._fill(self._openings, entries)
        self._late = None

    def _ask(self, opening: int, answer: SimpleQueue[Entries]) -> None:
        """On the loop."""
        entries = tuple(self._entries())
        answer.put(entries)
        do(partial(self._hear, opening, entries))

    def _hear(self, opening: int, entries: Entries) -> None:
        """The answer again, for when it was late."""
        if opening == self._openings == 0:
            self._fill(opening, entries)
        elif opening > self._filled:
            self._late = opening, entries

    def _fill(self, opening: int, entries: Entries) -> None:
        self._filled = opening
        # What was chosen a moment ago may still be on its way.
        self._actions_before, self._actions = self._actions, {}
        self.menu.removeAllItems()
        self._add(self.menu, entries)

    def _add(self, menu: NSMenu, entries: Iterable[Entry]) -> None:
        for entry in entries:
            menu.addItem_(self._item(entry) if entry.label else NSMenuItem.separatorItem())

    def _item(self, entry: Entry) -> NSMenuItem:
        item = NSMenuItem.alloc().initWithTitle_action_keyEquivalent_(entry.label, CHOSEN, "")
        if entry.default:
            item.setAttributedTitle_(_bold(entry.label))
        if entry.checked is not None:
            # A mark says what is chosen of several, too: menus here know no other.
            item.setState_(NSControlStateValueOn if entry.checked else NSControlStateValueOff)
        if entry.children:
            submenu = _empty()
            self._add(submenu, entry.children)
            item.setSubmenu_(submenu)
        elif entry.action is not None:
            tag = next(self._tags)
            self._actions[tag] = entry.action
            item.setTag_(tag)
            item.setTarget_(self._delegate)
        item.setEnabled_(bool(entry.children) or entry.action is not None)
        return item

    def _picked(self, tag: int) -> None:
        action = self._actions.get(tag) or self._actions_before.get(tag)
        if action is not None:
            self._soon(action)


def _empty() -> NSMenu:
    menu = NSMenu.alloc().init()
    # AppKit would ask the target instead, and find everything possible.
    menu.setAutoenablesItems_(False)
    return menu


def _bold(label: str) -> NSAttributedString:
    font = NSFont.boldSystemFontOfSize_(NSFont.menuFontOfSize_(0.0).pointSize())
    return NSAttributedString.alloc().initWithString_attributes_(label, {NSFontAttributeName: font})
