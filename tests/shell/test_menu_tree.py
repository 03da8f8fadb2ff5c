from tray_agent.ports import Entry
from tray_agent.shell.menu_tree import Tree


def nothing() -> None:
    pass


def entries(done: list[str], *, standing: bool = False) -> tuple[Entry, ...]:
    return (
        Entry("Sitting"),
        Entry(""),
        Entry("Start", lambda: done.append("start"), default=True),
        Entry("Pause", children=(Entry("1 hour", lambda: done.append("1 hour")),)),
        Entry("I'm standing", lambda: done.append("standing"), checked=standing),
    )


def test_a_tree_as_plain_data() -> None:
    status, separator, start, pause, standing = Tree(entries([]), 5).items
    assert (status["id"], status["label"], status["enabled"]) == (5, "Sitting", False)
    assert separator == {"id": 6, "separator": True}
    assert (start["default"], start["enabled"], start["checked"]) == (True, True, None)
    assert (pause["enabled"], pause["children"][0]["label"]) == (True, "1 hour")
    assert (standing["checked"], standing["radio"]) == (False, False)


def test_choosing_does_what_the_entry_does_at_every_depth() -> None:
    done: list[str] = []
    tree = Tree(entries(done))
    assert tree.choose(tree.items[3]["children"][0]["id"])
    assert tree.choose(tree.items[2]["id"])
    assert done == ["1 hour", "start"]


def test_what_cannot_be_chosen_is_not_one_of_its_ids() -> None:
    tree = Tree(entries([]))
    for index in (0, 1, 3):
        assert not tree.choose(tree.items[index]["id"])
    assert not tree.choose(99)


def test_a_tree_that_begins_where_another_ends_never_answers_for_it() -> None:
    first = Tree(entries([]))
    second = Tree([Entry("Two", nothing)], first.end)
    assert not first.choose(second.items[0]["id"])
    assert not any(second.choose(item["id"]) for item in first.items)


def test_two_from_the_same_first_id_are_equal_when_they_look_the_same() -> None:
    before = Tree(entries([]), 7)
    assert before.items == Tree(entries([]), 7).items
    assert before.items != Tree(entries([], standing=True), 7).items
    changed = Tree([Entry("Pause", children=(Entry("2 hours", nothing),))])
    assert changed.items != Tree([Entry("Pause", children=(Entry("1 hour", nothing),))]).items
