from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.support.fake_windows import FakeWindows
from tray_agent.core.model import Condition, Limits
from tray_agent.shell.schema import Exercises, Hours, Settings
from tray_agent.shell.settings import SettingsFile
from tray_agent.shell.store import SqliteStore
from tray_agent.shell.welcome import Welcome
from tray_agent.ui.welcome.welcome_window import Option, Question, WelcomeBrief


class Account:
    """One person's account, with a real history and a real settings file."""

    def __init__(self, folder: Path, settings: Settings | None = None) -> None:
        self.store = SqliteStore(folder / "history.sqlite3")
        self.file = SettingsFile(folder / "settings.toml")
        if settings is not None:
            self.file.settings = settings
        self.windows = FakeWindows()
        self.limits = Limits()
        self.managed: dict[str, str] = {}
        self.hint = ""
        self.whereabouts = ""
        self.trouble: str | None = None
        self.checks = 0
        self.informed: list[tuple[str, str]] = []
        self.failed: list[str] = []
        self.welcome = Welcome(
            self.windows,
            self.store,
            settings=lambda: self.file.settings,
            limits=lambda: self.limits,
            fixed=self.managed.get,
            change=self._change,
            hint=lambda: self.hint,
            check_safety=self._check,
            inform=lambda title, body: self.informed.append((title, body)),
            whereabouts=lambda: self.whereabouts,
        )

    def _change(self, values: Mapping[str, Any]) -> str | None:
        if self.trouble is None:
            self.file.change(values)
        return self.trouble

    def _check(self) -> None:
        self.checks += 1

    def open(self) -> WelcomeBrief:
        self.welcome.open(self.failed.append)
        self.windows.says("welcome", "ready")
        return self.brief()

    def brief(self) -> WelcomeBrief:
        return msgspec.convert(self.windows.open_now["welcome"], WelcomeBrief)


@pytest.fixture
def account(tmp_path: Path) -> Account:
    return Account(tmp_path)


def chosen(question: Question) -> Option:
    (one,) = (option for option in question.options if option.chosen)
    return one


def test_it_is_shown_once_on_an_account(account: Account) -> None:
    account.welcome.begin()
    assert "welcome" in account.windows.open_now
    account.windows.says("welcome", "ready")
    account.windows.says("welcome", "ended")
    account.windows.open_now.clear()
    account.welcome.begin()
    assert not account.windows.open_now


def test_an_agent_that_died_meanwhile_shows_it_again(account: Account) -> None:
    account.welcome.begin()
    account.windows.says("welcome", "ready")
    account.windows.open_now.clear()
    account.welcome.begin()
    assert "welcome" in account.windows.open_now


def test_an_organisation_may_leave_it_out_and_the_menu_still_has_it(tmp_path: Path) -> None:
    account = Account(tmp_path, Settings(welcome=False))
    account.welcome.begin()
    assert not account.windows.open_now
    assert account.open().title == "Welcome to Tray Agent"


def test_without_windows_a_note_says_it_in_short_once(account: Account) -> None:
    account.welcome.begin()
    account.windows.says("welcome", "gone", reason="no Qt")
    ((title, body),) = account.informed
    assert title == "Welcome to Tray Agent"
    assert "how long you have been sitting" in body
    assert "icon" in body
    account.windows.open_now.clear()
    account.welcome.begin()
    assert not account.windows.open_now


def test_what_is_in_force_is_what_is_chosen(account: Account) -> None:
    brief = account.open()
    assert chosen(brief.intensity).values == {"intensity": "standard"}
    assert tuple(chosen(brief.hours).values["hours.ranges"]) == ("mon-fri 08:00-18:00",)
    assert chosen(brief.floor).title == "Perhaps later"
    assert brief.tray and brief.stands


def test_the_intensities_speak_in_the_numbers_of_the_programme(account: Account) -> None:
    gentle, standard, intensive = account.open().intensity.options
    assert gentle.lines[0] == "After 60 min of sitting, a break of 2 min"
    assert standard.lines[1:] == (
        "3 hip stretches a day",
        "2 sets of 10 for the glutes, 5 days a week",
        "At most 12 prompts a day",
    )
    assert [option.breaks for option in (gentle, standard, intensive)] == [5, 8, 12]


def test_hours_of_ones_own_stay_among_the_choices(tmp_path: Path) -> None:
    own = Hours(mode="schedule", ranges=("mon-thu 06:00-14:00", "sat 22:00-06:00"))
    option = chosen(Account(tmp_path, Settings(hours=own)).open().hours)
    assert option.lines == ("mon-thu 06:00-14:00, sat 22:00-06:00",)
    assert option.values == {}


def test_at_any_time_is_one_of_the_choices(tmp_path: Path) -> None:
    account = Account(tmp_path, Settings(hours=Hours(mode="always")))
    assert chosen(account.open().hours).values == {"hours.mode": "always"}


def test_the_floor_leads_to_the_safety_check_until_it_is_done(account: Account) -> None:
    yes, later, no = account.open().floor.options
    assert (yes.safety, later.safety, no.safety) == (True, False, False)
    account.limits = Limits(cleared=True)
    yes, no = account.open().floor.options
    assert yes.chosen and not yes.safety


def test_a_floor_that_is_switched_off_stays_so(tmp_path: Path) -> None:
    account = Account(tmp_path, Settings(exercises=Exercises(floor=False)))
    assert chosen(account.open().floor).values == {"exercises.floor": False}


def test_choices_are_kept_and_the_safety_check_follows(account: Account) -> None:
    account.open()
    values = {"intensity": "gentle", "hours.mode": "schedule", "hours.ranges": ["mon-fri 09:00-17:00"]}
    account.windows.says("welcome", "chosen", values=values, safety=True)
    settings = SettingsFile(account.file.path).reload()[0]
    assert (settings.intensity, settings.hours.ranges) == ("gentle", ("mon-fri 09:00-17:00",))
    assert account.checks == 1
    assert not account.windows.open_now


def test_what_is_in_force_already_is_not_written_down_as_a_choice(account: Account) -> None:
    account.open()
    values = {"intensity": "standard", "hours.ranges": ["mon-fri 08:00-18:00"], "exercises.floor": True}
    account.windows.says("welcome", "chosen", values=values, safety=False)
    assert not account.file.path.exists()
    assert account.checks == 0


def test_choices_that_cannot_be_kept_say_why_and_the_window_stays(account: Account) -> None:
    account.trouble = "the settings file cannot be written"
    account.open()
    account.windows.says("welcome", "chosen", values={"intensity": "gentle"}, safety=True)
    assert account.windows.told == [("welcome", {"sentence": account.trouble})]
    assert "welcome" in account.windows.open_now
    assert account.checks == 0


def test_skipping_keeps_everything_as_it_is(account: Account) -> None:
    account.open()
    account.windows.says("welcome", "ended")
    assert not account.file.path.exists()


def test_a_managed_choice_comes_with_its_reason(account: Account) -> None:
    account.managed["hours.ranges"] = "Your organisation decides this."
    brief = account.open()
    assert brief.hours.fixed == "Your organisation decides this."
    assert (brief.intensity.fixed, brief.floor.fixed) == ("", "")


def test_where_there_is_no_icon_it_says_how_to_get_one(account: Account) -> None:
    account.hint = "Add a tray."
    brief = account.open()
    assert brief.where[0] == "Add a tray."
    assert not brief.tray


def test_where_the_system_hides_icons_it_says_so(account: Account) -> None:
    account.whereabouts = "It is behind the arrow."
    brief = account.open()
    assert brief.where[0] == "It is behind the arrow."
    assert "menu" in brief.where[1]
    assert brief.tray


def test_a_note_that_is_cut_off_still_says_where_the_icon_is(account: Account) -> None:
    account.whereabouts = "It is behind the arrow."
    account.welcome.begin()
    account.windows.says("welcome", "gone", reason="no Qt")
    ((_title, body),) = account.informed
    assert body.splitlines()[1] == "It is behind the arrow."


def test_whoever_stays_seated_is_shown_nobody_getting_up(account: Account) -> None:
    account.limits = Limits(conditions=frozenset({Condition.CANNOT_STAND}))
    brief = account.open()
    assert not brief.stands
    words = " ".join((*brief.does, *brief.where, *brief.intensity.options[0].lines)).lower()
    assert "stand up" not in words


def test_it_claims_no_cure(account: Account) -> None:
    brief = account.open()
    words = " ".join((*brief.does, *brief.never)).lower()
    assert "may ease stiffness" in words
    for claim in ("fix", "prevent", "cure", "heal", "back pain"):
        assert claim not in words


def test_close_closes_it(account: Account) -> None:
    account.open()
    account.welcome.close()
    assert not account.windows.open_now
