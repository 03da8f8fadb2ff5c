"""The menu as the person finds it in each state, and what each entry does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from msgspec import structs
from msgspec.structs import replace

from tests.shell.test_presenter import PROMPT, posed, seated
from tray_agent.core import events as ev
from tray_agent.core.engine import View
from tray_agent.core.model import Because, Break, Cause, Do, Kind, Posture, Reason
from tray_agent.core.recall import Asked, Held, Relief
from tray_agent.ports import Entry, Startup
from tray_agent.shell import menu
from tray_agent.shell.menu import Shown
from tray_agent.shell.schema import Hours, Settings

NINE_PAST_TEN = datetime(2026, 3, 2, 10, 9).timestamp()
OFF = Startup(on=False, mechanism=None)


class Controls:
    """Takes down what the menu does."""

    def __init__(self) -> None:
        self.did: list[Any] = []

    def tell(self, event: ev.Event) -> None:
        self.did.append(event)

    def pause_until(self, wall: float) -> None:
        self.did.append(datetime.fromtimestamp(wall).strftime("until %H:%M"))

    def correct(self, start: float, end: float, posture: Posture) -> None:
        self.did.append((start, end, posture))

    def change(self, values: Mapping[str, Any]) -> None:
        self.did.append(dict(values))

    def start_with_session(self, *, on: bool) -> None:
        self.did.append(f"start with session {on}")

    def explain(self) -> None:
        self.did.append("explain")

    def tell_about(self) -> None:
        self.did.append("about")

    def open_settings(self, page: str = "") -> None:
        self.did.append(f"settings {page}".strip())

    def edit_settings(self) -> None:
        self.did.append("settings file")

    def open_today(self) -> None:
        self.did.append("today")

    def open_welcome(self) -> None:
        self.did.append("welcome")

    def show_help(self) -> None:
        self.did.append("help")

    def check_safety(self) -> None:
        self.did.append("safety")

    def quit(self) -> None:
        self.did.append("quit")


def shown(view: View, settings: Settings | None = None, startup: Startup = OFF) -> Shown:
    return Shown(view, settings or Settings(), startup, NINE_PAST_TEN)


def opened(now: Shown, controls: Controls | None = None) -> dict[str, Entry]:
    """Every entry by its path, `Pause/1 hour`."""
    found: dict[str, Entry] = {}

    def walk(entries: tuple[Entry, ...], path: str) -> None:
        for entry in entries:
            found[path + entry.label] = entry
            walk(entry.children, f"{path}{entry.label}/")

    walk(menu.entries(now, controls or Controls()), "")
    return found


def chosen(now: Shown, path: str) -> Any:
    """What choosing this entry does."""
    controls = Controls()
    action = opened(now, controls)[path].action
    assert action is not None
    action()
    (did,) = controls.did
    return did


def checked(now: Shown, below: str) -> list[str]:
    entries = opened(now).items()
    return [path.rpartition("/")[2] for path, entry in entries if path.startswith(below) and entry.checked]


def test_the_first_lines_tell_the_state_and_the_day_and_cannot_be_clicked() -> None:
    first, second, *_ = menu.entries(shown(seated(41, due_in_min=4)), Controls())
    assert first.label == "Sitting about 40 min, break in about 4 min"
    assert second.label == "Today: 0 breaks, 0 min sitting, 0 min at most without a break."
    assert first.action is second.action is None


def test_what_is_owed_is_told_with_what_it_waits_for() -> None:
    held = replace(seated(50, due_in_min=0), owed=True, quiet=(Reason.CALL, Reason.DND))
    told = opened(shown(held))
    entry = told["A break is due; it waits: you are in a call, do-not-disturb is on."]
    assert entry.action is None
    for view in (replace(held, owed=False), replace(held, quiet=()), replace(held, prompt=PROMPT)):
        assert not [path for path in opened(shown(view)) if path.startswith("A break is due")]


def test_why_tells_its_grounds_in_a_few_lines_that_cannot_be_clicked() -> None:
    view = seated(41, due_in_min=4)
    because = (Because("input", {"idle_s": 12.0}),)
    view = replace(view, estimate=replace(view.estimate, because=because))
    asked = Asked(
        replace(PROMPT, because=(Because("sitting", {"sitting_s": 2700.0}),)), (Reason.CALL,), 600.0
    )
    held = Held(100.0, (Reason.SHARING,), 700.0, Relief.BREAK)
    view = replace(view, quiet=(Reason.DAY_START,), last_prompt=asked, last_held=held)
    *lines, separator, more = next(
        entry for entry in menu.entries(shown(view), Controls()) if entry.label == "Why?"
    ).children
    assert 4 <= len(lines) <= 6
    assert lines[0].label == "You seem to be sitting: the last input was less than a minute ago."
    assert "10:04" in lines[-2].label
    assert all(line.action is None and line.label for line in lines)
    assert (separator, more.label) == (menu.SEPARATOR, "More …")


def test_three_kinds_of_break_can_be_started() -> None:
    kinds = {"Stand up": Kind.STAND_UP, "Hip-flexor stretch": Kind.HIP_FLEXOR, "Glute set": Kind.GLUTES}
    for label, kind in kinds.items():
        assert chosen(shown(seated(5)), f"Start a break/{label}") == ev.BreakRequested(kind)


def test_nobody_who_cannot_stand_is_offered_to() -> None:
    told = opened(shown(replace(seated(5), stands=False, last_absence=Break(2400.0, 2700.0, Cause.IDLE))))
    assert not [path for path in told if re.search(r"\bstand(ing)?\b", path, re.IGNORECASE)]
    assert chosen(shown(replace(seated(5), stands=False)), "Start a break/Move in your seat") == (
        ev.BreakRequested(Kind.STAND_UP)
    )


def test_pauses_are_offered_until_one_runs() -> None:
    now = shown(seated(5))
    assert chosen(now, "Pause/30 minutes") == ev.Pause(1800.0)
    assert chosen(now, "Pause/1 hour") == ev.Pause(3600.0)
    assert chosen(now, "Pause/Rest of today") == ev.Pause(today=True)
    assert chosen(now, "Pause/Until I resume") == ev.Pause()
    assert "Resume" not in opened(now)
    paused = shown(replace(seated(5), paused=True))
    assert "Pause/1 hour" not in opened(paused)
    assert chosen(paused, "Resume") == ev.Resume()


def test_a_pause_can_last_until_one_of_the_next_half_hours() -> None:
    now = shown(seated(5))
    ends = [path.removeprefix("Pause/Until/") for path in opened(now) if path.startswith("Pause/Until/")]
    assert ends == ["10:30", "11:00", "11:30", "12:00", "12:30", "13:00", "13:30", "14:00"]
    assert chosen(now, "Pause/Until/11:30") == "until 11:30"


def test_standing_is_a_switch() -> None:
    assert chosen(shown(seated(5)), "I'm standing") == ev.Said(Posture.STANDING)
    standing = shown(posed(Posture.STANDING))
    assert opened(standing)["I'm standing"].checked is True
    assert chosen(standing, "I'm standing") == ev.Said(Posture.SEATED)


def test_the_last_absence_can_be_called_something_else() -> None:
    # It is 10:09 at 3000 s: the absence lasted from 10:00 to 10:05.
    absent = shown(replace(seated(4), last_absence=Break(3000.0 - 540, 3000.0 - 240, Cause.IDLE)))
    path = "From 10:00 to 10:05 I was"
    assert chosen(absent, f"{path}/Sitting") == (2460.0, 2760.0, Posture.SEATED)
    assert chosen(absent, f"{path}/Up") == (2460.0, 2760.0, Posture.AWAY)
    assert chosen(absent, f"{path}/Standing at the desk") == (2460.0, 2760.0, Posture.STANDING)
    lasting = shown(replace(seated(0), last_absence=Break(2460.0, None, Cause.IDLE)))
    assert not any("I was" in label for label in opened(lasting))


def test_a_prompt_can_be_answered_from_the_menu() -> None:
    prompted = replace(seated(50), prompt=PROMPT)
    assert chosen(shown(prompted), "Skip") == ev.Answer(Do.SKIP, 7)
    assert chosen(shown(prompted), "Later") == ev.Answer(Do.SNOOZE, 7)
    assert opened(shown(prompted))["Start now"].default
    spent = shown(replace(prompted, prompt=replace(PROMPT, snoozes_left=0)))
    assert "Later" not in opened(spent)
    assert "Skip" in opened(spent)


@pytest.mark.parametrize(
    ("below", "in_force", "other", "change"),
    [
        ("Intensity", "Standard", "Gentle", {"intensity": "gentle"}),
        ("How to ask", "Show a notification", "Fill the screen", {"insistence": "firm"}),
    ],
)
def test_intensity_and_insistence_are_choices(
    below: str, in_force: str, other: str, change: dict[str, Any]
) -> None:
    now = shown(seated(5))
    assert checked(now, f"Settings/{below}/") == [in_force]
    assert chosen(now, f"Settings/{below}/{other}") == change


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("Prompts/Breaks from sitting", "prompts.stand_up"),
        ("Prompts/Hip-flexor stretch", "prompts.hip_flexor"),
        ("Prompts/Glute strength", "prompts.glutes"),
        ('Prompts/Ask "Were you up?"', "prompts.ask_were_you_up"),
        ("No prompts/During calls", "quiet.call"),
        ("No prompts/While sharing the screen", "quiet.sharing"),
        ("No prompts/In full screen", "quiet.fullscreen"),
        ("No prompts/On do-not-disturb", "quiet.dnd"),
    ],
)
def test_what_to_prompt_for_and_when_to_be_quiet_are_switches(path: str, key: str) -> None:
    now = shown(seated(5))
    assert opened(now)[f"Settings/{path}"].checked is True
    assert chosen(now, f"Settings/{path}") == {key: False}


def test_working_hours_are_presets_any_time_or_ones_own() -> None:
    path = "Settings/Working hours/"
    assert checked(shown(seated(5)), path) == ["Monday to Friday, 08:00 to 18:00"]
    assert chosen(shown(seated(5)), path + "Monday to Friday, 09:00 to 17:00") == {
        "hours.mode": "schedule",
        "hours.ranges": ("mon-fri 09:00-17:00",),
    }
    assert chosen(shown(seated(5)), path + "At any time") == {"hours.mode": "always"}
    always = structs.replace(Settings(), hours=Hours(mode="always"))
    assert checked(shown(seated(5), always), path) == ["At any time"]
    own = structs.replace(Settings(), hours=Hours(ranges=("sat 22:00-06:00",)))
    assert checked(shown(seated(5), own), path) == ["Edit …"]
    assert chosen(shown(seated(5)), path + "Edit …") == "settings hours"


def test_starting_with_the_session_is_a_switch() -> None:
    path = "Settings/Start with the session"
    assert opened(shown(seated(5)))[path].checked is False
    assert chosen(shown(seated(5)), path) == "start with session True"
    on = shown(seated(5), startup=Startup(on=True, mechanism="xdg"))
    assert opened(on)[path].checked is True
    assert chosen(on, path) == "start with session False"


@pytest.mark.parametrize(
    ("path", "does"),
    [
        ("Today …", "today"),
        ("Why?/More …", "explain"),
        ("Settings/Safety check …", "safety"),
        ("Settings/All settings …", "settings"),
        ("Settings/Settings file", "settings file"),
        ("When to get help", "help"),
        ("About/Welcome …", "welcome"),
        ("About/About Tray Agent", "about"),
        ("Quit", "quit"),
    ],
)
def test_the_rest_does_what_it_says(path: str, does: str) -> None:
    assert chosen(shown(seated(5)), path) == does
