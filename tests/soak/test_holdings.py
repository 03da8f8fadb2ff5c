"""The soak's verdict: what counts as a leak."""

from __future__ import annotations

from tests.soak.holdings import Holdings, grown_kinds, leaks


def looks(**figures: list[int]) -> list[Holdings]:
    """A soak with one look after each prompt."""
    steady = {"children": 0, "strays": 0, "threads": 2}
    length = len(next(iter(figures.values())))
    return [
        Holdings(number + 1, steady | {name: values[number] for name, values in figures.items()}, {})
        for number in range(length)
    ]


def test_what_stays_or_wavers_is_no_leak() -> None:
    assert leaks(looks(descriptors=[18, 20, 18, 20, 18, 20, 18, 20, 18, 20])) == []


def test_what_came_while_warming_up_is_no_leak() -> None:
    assert leaks(looks(descriptors=[9, 18, 18, 18, 18, 18, 18])) == []


def test_what_grows_is_named_with_its_figures() -> None:
    (sentence,) = leaks(looks(descriptors=[18, 18, 18, 19, 19, 20, 21]))
    assert sentence == "descriptors: 18 after 3 prompts, 20 at the end"


def test_what_was_not_there_at_first_counts_from_nothing() -> None:
    steady = looks(threads=[2, 2, 2, 2, 2, 2, 2])
    for look in steady[4:]:
        look.figures["fd pipe"] = 2
    assert leaks(steady) == ["fd pipe: 0 after 3 prompts, 2 at the end"]


def test_memory_may_grow_a_little_and_no_more() -> None:
    assert leaks(looks(**{"memory (KiB)": [30_000, 31_000, 32_000, 33_000, 33_500, 34_000, 34_500]})) == []
    assert leaks(looks(**{"memory (KiB)": [30_000, 31_000, 32_000, 33_000, 34_500, 36_000, 37_000]}))


def test_no_process_may_be_left_at_the_end() -> None:
    assert leaks(looks(children=[1, 1, 0])) == []
    assert leaks(looks(strays=[0, 0, 2])) == ["2 strays are left when there should be none"]


def test_a_soak_of_one_look_can_be_judged() -> None:
    assert leaks(looks(descriptors=[18])) == []


def test_kinds_of_objects_that_became_more() -> None:
    before, after = Holdings(1, {}, {"a.A": 3, "b.B": 2}), Holdings(9, {}, {"a.A": 30, "b.B": 1, "c.C": 5})
    assert grown_kinds([before, after]) == ["a.A +27", "c.C +5"]
