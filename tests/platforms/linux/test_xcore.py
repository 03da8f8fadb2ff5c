from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import closing

import pytest
from Xlib import X
from Xlib.display import Display

from tests.support import screen
from tests.support.waiting import wait_until
from tests.support.xserver import XServer
from tray_agent.platforms.linux.xcore import (
    PARENT_RELATIVE,
    Atom,
    Attribute,
    CoreConnection,
    Event,
    Wanted,
    kind_of,
    number,
)
from tray_agent.ports import Unavailable


@pytest.fixture
def x(server: XServer) -> Iterator[CoreConnection]:
    with closing(CoreConnection(server.display)) as connection:
        yield connection


@pytest.fixture
def other(server: XServer) -> Iterator[Display]:
    """What another client, written by others, sees of the same server."""
    with closing(Display(server.display)) as display:
        yield display


@pytest.fixture
def window(x: CoreConnection) -> int:
    here = x.screen()
    listen = {Attribute.EVENT_MASK: Wanted.STRUCTURE | Wanted.EXPOSURE, Attribute.BACK_PIXEL: 0x102030}
    return x.create_window(here, here.visual, 20, listen)


def answered(x: CoreConnection) -> list[bytes]:
    """A round trip: everything before it was done, and refusals would be among the events."""
    x.selection_owner(Atom.WM_NAME)
    return list(x.events())


def on_screen(x: CoreConnection, other: Display, window: int) -> None:
    answered(x)
    shown = other.create_resource_object("window", window)
    shown.change_attributes(override_redirect=True)
    shown.configure(x=50, y=60)
    shown.map()
    other.sync()


def test_the_screen_is_the_one_others_see(x: CoreConnection, other: Display) -> None:
    here, theirs = x.screen(), other.screen()
    assert (here.root, here.visual, here.depth) == (theirs.root.id, theirs.root_visual, theirs.root_depth)
    visuals = {visual.visual_id: d.depth for d in theirs.allowed_depths for visual in d.visuals}
    assert here.depths == visuals
    assert set(visuals.values()) >= {24, 32}


def test_names_have_the_numbers_others_know(x: CoreConnection, other: Display) -> None:
    assert x.atom("WM_NAME") == Atom.WM_NAME
    for name in ("A", "AB", "ABC", "ABCD", "_NET_SYSTEM_TRAY_S0", "_NET_SYSTEM_TRAY_S0"):
        assert x.atom(name) == other.intern_atom(name)


def test_a_selection_has_an_owner_or_none(x: CoreConnection, other: Display) -> None:
    selection = x.atom("A_SELECTION")
    assert x.selection_owner(selection) == 0
    owner = other.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
    owner.set_selection_owner(selection, X.CurrentTime)
    other.sync()
    assert x.selection_owner(selection) == owner.id


def test_properties_are_written_and_read(x: CoreConnection, other: Display, window: int) -> None:
    x.write(window, Atom.WM_NAME, Atom.STRING, b"a name")
    x.write_numbers(window, x.atom("SOME"), Atom.CARDINAL, 1, 2, 0xFFFFFFFF)
    assert x.numbers(window, x.atom("SOME")) == (1, 2, 0xFFFFFFFF)
    assert x.numbers(window, Atom.WM_NAME) == (), "a text is no number"
    assert x.numbers(window, x.atom("NONE")) == ()
    assert other.create_resource_object("window", window).get_wm_name() == "a name"


def test_a_message_arrives_with_its_numbers(x: CoreConnection, window: int) -> None:
    x.message(window, x.atom("HELLO"), 7, 8)
    (event,) = [event for event in answered(x) if kind_of(event) == Event.CLIENT_MESSAGE]
    assert struct.unpack_from("=II5I", event, 4) == (window, x.atom("HELLO"), 7, 8, 0, 0, 0)


def test_what_happens_to_a_window_is_told(x: CoreConnection, other: Display, window: int) -> None:
    on_screen(x, other, window)
    kinds = {kind_of(event) for event in answered(x)}
    assert {Event.CONFIGURED, Event.MAPPED, Event.EXPOSE} <= kinds
    x.destroy_window(window)
    assert Event.DESTROYED in {kind_of(event) for event in answered(x)}


def test_other_windows_are_listened_to(x: CoreConnection, other: Display) -> None:
    theirs = other.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
    other.sync()
    x.listen(theirs.id, Wanted.STRUCTURE)
    answered(x)
    theirs.destroy()
    other.sync()
    (event,) = answered(x)
    assert (kind_of(event), number(event, 8)) == (Event.DESTROYED, theirs.id)


def test_pictures_come_out_as_they_went_in(x: CoreConnection, other: Display, window: int) -> None:
    on_screen(x, other, window)
    brush = x.create_brush(window)
    pixels = bytes(value for n in range(16) for value in (n, 100 + n, 200 + n, 0))
    x.put_image(window, brush, 24, (5, 6, 4), pixels)
    seen = x.get_image(window, (5, 6, 4))
    assert [seen[i : i + 3] for i in range(0, 64, 4)] == [pixels[i : i + 3] for i in range(0, 64, 4)]
    assert screen.picture(other.get_display_name()).getpixel((55, 66)) == (200, 100, 0)
    x.clear(window)
    assert x.get_image(window, (5, 6, 1))[:3] == bytes((0x30, 0x20, 0x10))
    x.free_brush(brush)


def test_what_is_not_on_the_screen_has_no_picture(x: CoreConnection, window: int) -> None:
    with pytest.raises(Unavailable, match=r"^the X server refused a question$"):
        x.get_image(window, (0, 0, 4))


def test_windows_may_have_alpha_or_their_parents_background(x: CoreConnection) -> None:
    here = x.screen()
    visual = next(visual for visual, depth in here.depths.items() if depth == 32)
    colormap = x.create_colormap(here, visual)
    about = {Attribute.COLORMAP: colormap, Attribute.BACK_PIXEL: 0, Attribute.BORDER_PIXEL: 0}
    x.create_window(here, visual, 20, about)
    x.create_window(here, here.visual, 20, {Attribute.BACK_PIXMAP: PARENT_RELATIVE})
    x.free_colormap(colormap)
    x.release_pointer()
    assert answered(x) == []


def test_a_refused_request_comes_as_an_event_and_harms_nothing(x: CoreConnection) -> None:
    x.destroy_window(0xDEAD)
    assert [event[0] for event in wait_until(lambda: list(x.events()), "the refusal")] == [0]
    assert x.atom("WM_NAME")
