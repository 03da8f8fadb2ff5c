"""The menu as the person finds it in each state, and what each entry does."""

from __future__ import annotations

from dataclasses import replace

from tests.shell.test_presenter import PROMPT, posed, seated
from tray_agent.core import events as ev
from tray_agent.core.engine import View
from tray_agent.core.model import Do, Intensity, Kind, Posture
from tray_agent.ports import Entry
from tray_agent.shell import menu


class Controls:
    """Takes down what the menu does."""

    def __init__(self) -> None:
        self.told: list[ev.Event] = []
        self.changed: list[tuple[str, str]] = []
        self.quits = 0

    def tell(self, event: ev.Event) -> None:
        self.told.append(event)

    def change(self, key: str, value: str) -> None:
        self.changed.append((key, value))

    def quit(self) -> None:
        self.quits += 1


def opened(view: View, controls: Controls | None = None) -> dict[str, Entry]:
    """Every entry by its path, `Pause/1 hour`."""
    found: dict[str, Entry] = {}

    def walk(entries: tuple[Entry, ...], path: str) -> None:
        for entry in entries:
            found[path + entry.label] = entry
            walk(entry.children, f"{path}{entry.label}/")

    walk(menu.entries(view, Intensity.STANDARD, controls or Controls()), "")
    return found


def chosen(view: View, path: str) -> Controls:
    controls = Controls()
    action = opened(view, controls)[path].action
    assert action is not None
    action()
    return controls


def test_the_first_line_tells_the_state_and_cannot_be_clicked() -> None:
    first, *_ = menu.entries(seated(41, due_in_min=4), Intensity.STANDARD, Controls())
    assert first.label == "Sitting about 40 min, stand up in about 4 min"
    assert first.action is None


def test_three_kinds_of_break_can_be_started() -> None:
    kinds = {"Stand up": Kind.STAND_UP, "Hip-flexor stretch": Kind.HIP_FLEXOR, "Glute set": Kind.GLUTES}
    for label, kind in kinds.items():
        assert chosen(seated(5), f"Start a break/{label}").told == [ev.BreakRequested(kind)]


def test_pauses_are_offered_until_one_runs() -> None:
    assert chosen(seated(5), "Pause/30 minutes").told == [ev.Pause(1800.0)]
    assert chosen(seated(5), "Pause/1 hour").told == [ev.Pause(3600.0)]
    assert chosen(seated(5), "Pause/Today").told == [ev.Pause(today=True)]
    assert "Resume" not in opened(seated(5))
    paused = replace(seated(5), paused=True)
    assert "Pause/1 hour" not in opened(paused)
    assert chosen(paused, "Resume").told == [ev.Resume()]


def test_standing_is_a_switch() -> None:
    assert chosen(seated(5), "I'm standing").told == [ev.Said(Posture.STANDING)]
    standing = posed(Posture.STANDING)
    assert opened(standing)["I'm standing"].checked is True
    assert chosen(standing, "I'm standing").told == [ev.Said(Posture.SEATED)]


def test_intensity_is_a_choice_of_three() -> None:
    entries = opened(seated(5))
    checked = [
        level for level in ("Gentle", "Standard", "Intensive") if entries[f"Intensity/{level}"].checked
    ]
    assert checked == ["Standard"]
    assert chosen(seated(5), "Intensity/Gentle").changed == [("intensity", "gentle")]


def test_a_prompt_can_be_answered_from_the_menu() -> None:
    prompted = replace(seated(50), prompt=PROMPT)
    assert chosen(prompted, "Skip").told == [ev.Answer(Do.SKIP, 7)]
    assert chosen(prompted, "Later").told == [ev.Answer(Do.SNOOZE, 7)]
    assert opened(prompted)["Start now"].default
    spent = replace(prompted, prompt=replace(PROMPT, snoozes_left=0))
    assert "Later" not in opened(spent)
    assert "Skip" in opened(spent)


def test_quit_quits() -> None:
    assert chosen(seated(5), "Quit").quits == 1
