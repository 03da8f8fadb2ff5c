"""The menu on a real bus, driven as a panel drives it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jeepney import DBusAddress, MatchRule

from tests.support.private_bus import PrivateBus
from tests.support.turning import turn_until
from tray_agent.platforms.linux.bare_pystray import Menu, MenuItem
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.dbusmenu import PATH, DbusMenu
from tray_agent.platforms.linux.messages import Body, Refusal, method
from tray_agent.shell.loop import SelectorLoop

NAME = "org.example.Tray"
MENU = DBusAddress(PATH, NAME, "com.canonical.dbusmenu")


class Panel:
    """Somebody who shows the menu, and the menu, whose `items` the test changes at will."""

    def __init__(self, loop: SelectorLoop, address: str) -> None:
        self.loop = loop
        self.items: list[MenuItem] = []
        self.clicked: list[str] = []
        self.signals: list[tuple[str, Body]] = []
        self.owner, self.bus = Bus(loop, address), Bus(loop, address)
        self.menu = DbusMenu(
            self.owner, lambda: Menu(lambda: self.items), lambda item: self.clicked.append(item.text)
        )
        self.owner.request_name(NAME)
        rule = MatchRule(type="signal", interface=MENU.interface)
        self.bus.match(rule, lambda message: self.signals.append((message.header.fields[3], message.body)))
        found: list[str | None] = []
        self.bus.watch_name(NAME, found.append)
        turn_until(loop, lambda: found and found[-1], "the menu's owner")

    def ask(self, member: str, signature: str = "", *body: Any) -> Any:
        answers: list[Any] = []
        self.bus.call(method(MENU, member, signature, *body), answers.append, answers.append)
        turn_until(self.loop, lambda: answers, f"the answer to {member}")
        return answers[0]

    def layout(self, parent: int = 0, depth: int = -1) -> Any:
        return self.ask("GetLayout", "iias", parent, depth, [])[1]

    def ids(self) -> dict[str, int]:
        """The number of each item by its label."""

        def walk(node: Any) -> Iterator[tuple[str, int]]:
            number, properties, children = node
            yield properties.get("label", ("s", ""))[1], number
            for _, child in children:
                yield from walk(child)

        return dict(walk(self.layout()))


@pytest.fixture
def panel() -> Iterator[Panel]:
    loop = SelectorLoop()
    with PrivateBus() as daemon:
        panel = Panel(loop, daemon.address)
        yield panel
        panel.owner.close()
        panel.bus.close()
    loop.close()


def items(*labels: str) -> list[MenuItem]:
    return [MenuItem(label, None) for label in labels]


def test_one_that_was_asked_for_before_there_was_any_is_told_of(panel: Panel) -> None:
    assert panel.layout()[2] == []
    panel.items = items("Pause", "Quit")
    assert panel.menu.refresh()
    turn_until(panel.loop, lambda: panel.signals, "the news")
    assert panel.signals[0][0] == "LayoutUpdated"
    assert [child[1][1]["label"][1] for child in panel.layout()[2]] == ["Pause", "Quit"]
    assert not panel.menu.refresh(), "a menu that nobody looks at is left alone"


def test_the_layout_says_all_there_is_to_say(panel: Panel) -> None:
    panel.items = [
        MenuItem("Sitting about 40_min", None, enabled=False),
        Menu.SEPARATOR,
        MenuItem("Break", Menu(MenuItem("Stand up", None))),
        MenuItem("Standing", None, checked=lambda _item: True),
        MenuItem("Gentle", None, checked=lambda _item: False, radio=True),
    ]
    number, properties, children = panel.layout()
    assert (number, properties) == (0, {"children-display": ("s", "submenu")})
    assert [child[1][1] for child in children] == [
        {"label": ("s", "Sitting about 40__min"), "enabled": ("b", False)},
        {"type": ("s", "separator")},
        {"label": ("s", "Break"), "children-display": ("s", "submenu")},
        {"label": ("s", "Standing"), "toggle-type": ("s", "checkmark"), "toggle-state": ("i", 1)},
        {"label": ("s", "Gentle"), "toggle-type": ("s", "radio"), "toggle-state": ("i", 0)},
    ]
    assert [child[1][1]["label"] for child in children[2][1][2]] == [("s", "Stand up")]


def test_a_layout_can_be_asked_for_in_parts(panel: Panel) -> None:
    panel.items = [MenuItem("Break", Menu(*items("Stand up", "Hips"))), *items("Quit")]
    assert panel.layout(depth=0)[2] == []
    shallow = panel.layout(depth=1)[2]
    assert [child[1][2] for child in shallow] == [[], []]
    branch = panel.layout(parent=panel.ids()["Break"])
    assert [child[1][1]["label"][1] for child in branch[2]] == ["Stand up", "Hips"]
    only_enabled = panel.ask("GetLayout", "iias", 0, 1, ["enabled"])[1]
    assert [child[1][1] for child in only_enabled[2]] == [{}, {}]


def test_other_words_in_the_same_shape_keep_the_numbers(panel: Panel) -> None:
    panel.items = items("Sitting 40 min", "Quit")
    before = panel.ids()
    panel.items = items("Sitting 41 min", "Quit")
    assert panel.ask("AboutToShow", "i", 0) == (False,)
    after = panel.ids()
    assert after == {"": 0, "Sitting 41 min": before["Sitting 40 min"], "Quit": before["Quit"]}
    assert panel.signals[-1] == (
        "ItemsPropertiesUpdated",
        ([(before["Sitting 40 min"], {"label": ("s", "Sitting 41 min")})], []),
    )


def test_a_property_that_is_gone_is_told_as_gone(panel: Panel) -> None:
    panel.items = [MenuItem("Resume", None, enabled=False)]
    number = panel.ids()["Resume"]
    panel.items = items("Resume")
    panel.ask("AboutToShow", "i", 0)
    assert panel.signals[-1] == ("ItemsPropertiesUpdated", ([], [(number, ["enabled"])]))


def test_another_shape_is_told_and_only_what_is_new_gets_a_new_number(panel: Panel) -> None:
    panel.items = [*items("Sitting", "Pause"), Menu.SEPARATOR, *items("Quit")]
    before, revision = panel.ids(), panel.ask("GetLayout", "iias", 0, 0, [])[0]
    panel.items = [*items("Sitting", "Resume", "Pause"), Menu.SEPARATOR, *items("Quit")]
    assert panel.ask("AboutToShow", "i", 0) == (True,)
    after = panel.ids()
    assert panel.signals[-1] == ("LayoutUpdated", (revision + 1, 0))
    assert {label: after[label] for label in before} == before
    assert after["Resume"] not in before.values()


def test_a_late_click_on_an_item_that_is_gone_hits_nothing(panel: Panel) -> None:
    panel.items = items("Pause", "Quit")
    stale = panel.ids()["Pause"]
    panel.items = items("Quit")
    panel.ask("AboutToShow", "i", 0)
    refusal = panel.ask("Event", "isvu", stale, "clicked", ("i", 0), 0)
    assert isinstance(refusal, Refusal)
    assert "no menu item" in refusal.text
    assert panel.clicked == []


def test_a_change_deep_down_is_another_shape_too(panel: Panel) -> None:
    panel.items = [MenuItem("Break", Menu(*items("Stand up")))]
    panel.layout()
    panel.items = [MenuItem("Break", Menu(*items("Stand up", "Hips")))]
    assert panel.ask("AboutToShow", "i", 0) == (True,)
    assert "Hips" in panel.ids()


def test_clicks_reach_their_item_and_mere_looks_do_not(panel: Panel) -> None:
    panel.items = items("Pause", "Quit")
    ids = panel.ids()
    panel.ask("Event", "isvu", ids["Quit"], "hovered", ("i", 0), 0)
    panel.ask("Event", "isvu", 0, "opened", ("i", 0), 0)
    panel.ask("Event", "isvu", ids["Pause"], "clicked", ("i", 0), 0)
    events = [(ids["Quit"], "clicked", ("i", 0), 0), (999, "clicked", ("i", 0), 0)]
    assert panel.ask("EventGroup", "a(isvu)", events) == ([999],)
    assert panel.clicked == ["Pause", "Quit"]


def test_properties_are_given_by_group_and_one_by_one(panel: Panel) -> None:
    panel.items = items("Pause", "Quit")
    ids = panel.ids()
    group = panel.ask("GetGroupProperties", "aias", [ids["Quit"]], ["label"])
    assert group == ([(ids["Quit"], {"label": ("s", "Quit")})],)
    assert len(panel.ask("GetGroupProperties", "aias", [], [])[0]) == 3
    assert panel.ask("GetProperty", "is", ids["Quit"], "label") == (("s", "Quit"),)
    assert panel.ask("GetProperty", "is", ids["Quit"], "enabled") == (("b", True),)
    assert isinstance(panel.ask("GetProperty", "is", ids["Quit"], "smell"), Refusal)
    assert isinstance(panel.ask("GetProperty", "is", 999, "label"), Refusal)


def test_several_menus_about_to_show(panel: Panel) -> None:
    panel.items = items("Pause")
    panel.layout()
    panel.items = items("Pause", "Quit")
    assert panel.ask("AboutToShowGroup", "ai", [0, 999]) == ([0], [999])
    assert panel.ask("AboutToShowGroup", "ai", [0]) == ([], [])
    assert isinstance(panel.ask("AboutToShow", "i", 999), Refusal)


def test_a_menu_is_made_anew_only_while_it_is_open(panel: Panel) -> None:
    panel.items = items("Pause")
    assert panel.menu.refresh() is False
    panel.layout()
    panel.items = items("Pause", "Quit")
    assert panel.menu.refresh() is False, "a panel asks for the layout when the icon comes"
    assert panel.ask("AboutToShow", "i", 0) == (True,)
    panel.ask("Event", "isvu", 0, "opened", ("i", 0), 0)
    panel.items = items("Resume")
    assert panel.menu.refresh() is True
    panel.ask("Event", "isvu", 0, "closed", ("i", 0), 0)
    panel.items = items("Resume", "Quit")
    assert panel.menu.refresh() is False
    assert panel.ask("AboutToShow", "i", 0) == (True,)
    assert {"Resume", "Quit"} <= panel.ids().keys()


def test_no_menu_at_all_is_an_empty_one(panel: Panel) -> None:
    panel.menu.close()
    DbusMenu(panel.owner, lambda: None, lambda _item: None)
    assert panel.layout() == (0, {"children-display": ("s", "submenu")}, [])
