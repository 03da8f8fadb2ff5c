"""Notes by the played notification center, which answers on a thread of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.macos import corefoundation
from tests.support.macos import usernotifications as system
from tests.support.macos.played_main import main
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.macos import notifications
from tray_agent.platforms.macos.notifications import MacNotifier
from tray_agent.ports import Health, Note, State, Unavailable
from tray_agent.shell.loop import SelectorLoop

BUTTONS = (("start", "Start now"), ("snooze", "Snooze 5 min"), ("skip", "Skip"))
STAND_UP = Note(1, "Time to stand up", "Sitting about 45 min", BUTTONS)
AGAIN = Note(2, "Still sitting", "Sitting about 50 min", BUTTONS)
HIPS = Note(3, "Time for your hips", "", ())
MOMENT_S = 0.15

played = system.played


@dataclass
class Stage:
    loop: SelectorLoop
    answers: list[tuple[int, str]] = field(default_factory=list)
    refused: list[Note] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.notifier = MacNotifier(
            self.loop,
            lambda prompt, key: self.answers.append((prompt, key)),
            Path("icon.png"),
            self.refused.append,
        )

    def settles(self) -> None:
        turn_for(self.loop, MOMENT_S)
        main.settle()

    def shows(self, note: Note) -> None:
        self.notifier.show(note)
        turn_until(self.loop, lambda: note.title in played.ever_shown[-1:], "the note")
        self.settles()


@pytest.fixture(autouse=True)
def machine() -> Iterator[None]:
    corefoundation.played.begin()
    corefoundation.played.is_app("org.trayagent.TrayAgent")
    played.begin()
    played.status = system.UNAuthorizationStatusAuthorized
    yield
    played.end()
    corefoundation.played.begin()


@pytest.fixture
def stage(loop: SelectorLoop) -> Iterator[Stage]:
    stage = Stage(loop)
    stage.settles()
    yield stage
    stage.notifier.close()
    stage.settles()
    assert played.delegate is None
    assert played.shown == {}


def test_outside_an_app_there_is_none(loop: SelectorLoop) -> None:
    corefoundation.played.is_app("org.python.python")
    with pytest.raises(Unavailable, match="notes of apps only"):
        MacNotifier(loop, lambda _prompt, _key: None, Path("icon.png"))
    assert played.delegate is None


def test_a_note_has_its_words_and_buttons_and_makes_no_sound(stage: Stage) -> None:
    stage.shows(STAND_UP)
    assert played.note() == (
        "Time to stand up",
        "Sitting about 45 min",
        ["Start now", "Snooze 5 min", "Skip"],
    )
    (request,) = played.shown.values()
    assert request.content().sound() is None
    assert request.content().interruptionLevel() == system.UNNotificationInterruptionLevelActive
    assert stage.notifier.health() == Health(
        "notifier", State.OK, "notification_center", permission="Notifications: granted"
    )


@pytest.mark.parametrize("key", ["start", "snooze", "skip"])
def test_a_button_answers_with_its_key_and_only_once(stage: Stage, key: str) -> None:
    stage.shows(STAND_UP)
    done = played.chooses(key)
    played.chooses(key)
    turn_until(stage.loop, lambda: stage.answers, "the answer")
    stage.settles()
    assert stage.answers == [(1, key)]
    assert done == ["done"]
    assert played.note() is None


def test_a_click_on_the_note_itself_is_the_default(stage: Stage) -> None:
    stage.shows(STAND_UP)
    played.chooses(system.UNNotificationDefaultActionIdentifier)
    turn_until(stage.loop, lambda: stage.answers, "the answer")
    assert stage.answers == [(1, "default")]


@pytest.mark.parametrize("note", [STAND_UP, HIPS], ids=["with buttons", "without"])
def test_that_the_person_closed_it_is_told(stage: Stage, note: Note) -> None:
    stage.shows(note)
    played.closes()
    turn_until(stage.loop, lambda: stage.answers, "the answer")
    assert stage.answers == [(note.prompt, "dismiss")]


def test_a_new_note_takes_the_place_of_the_old_one_whose_answer_is_dropped(stage: Stage) -> None:
    stage.shows(STAND_UP)
    stage.shows(AGAIN)
    assert played.note() == ("Still sitting", "Sitting about 50 min", ["Start now", "Snooze 5 min", "Skip"])
    played.chooses("start", prompt=1)
    stage.settles()
    assert stage.answers == []
    played.chooses("start")
    turn_until(stage.loop, lambda: stage.answers, "the answer")
    assert stage.answers == [(2, "start")]


def test_a_click_heard_before_the_new_note_belongs_to_none(stage: Stage) -> None:
    stage.shows(STAND_UP)
    played.chooses("start")
    stage.notifier.show(AGAIN)
    stage.settles()
    assert stage.answers == []


def test_other_buttons_are_known_before_their_note_comes(stage: Stage) -> None:
    stage.shows(STAND_UP)
    stage.shows(HIPS)
    assert played.note() == ("Time for your hips", "", [])
    stage.shows(AGAIN)
    note = played.note()
    assert note is not None and len(note[2]) == 3
    assert len(played.categories) == 2


def test_a_note_is_withdrawn_without_an_answer(stage: Stage) -> None:
    stage.shows(STAND_UP)
    stage.notifier.withdraw()
    stage.settles()
    assert played.note() is None
    played.chooses("start", prompt=1)
    stage.settles()
    assert stage.answers == []


def test_a_note_that_is_withdrawn_on_its_way_does_not_stay(stage: Stage) -> None:
    for turns in (0.0, 0.01, 0.03):
        stage.notifier.show(STAND_UP)
        turn_for(stage.loop, turns)
        stage.notifier.withdraw()
        stage.settles()
        stage.settles()
        assert played.note() is None
    assert stage.refused == []


def test_a_note_that_comes_after_it_was_withdrawn_goes_at_once(stage: Stage) -> None:
    played.slow = True
    stage.notifier.show(STAND_UP)
    turn_until(stage.loop, lambda: played.on_its_way, "the note on its way")
    stage.notifier.withdraw()
    stage.settles()
    played.delivers()
    stage.settles()
    stage.settles()
    assert played.ever_shown == ["Time to stand up"] and played.note() is None
    assert stage.refused == [] and stage.answers == []


def test_a_note_that_a_killed_agent_left_is_taken_away(loop: SelectorLoop, stage: Stage) -> None:
    stage.shows(STAND_UP)
    successor = Stage(loop)
    successor.settles()
    assert played.note() is None
    successor.notifier.close()


def test_it_is_shown_although_a_window_of_ours_is_in_front(stage: Stage) -> None:
    options: list[int] = []
    played.delegate.userNotificationCenter_willPresentNotification_withCompletionHandler_(
        None, None, options.append
    )
    assert options == [
        system.UNNotificationPresentationOptionBanner | system.UNNotificationPresentationOptionList
    ]


def test_macos_gets_a_copy_of_the_picture_to_take_away(stage: Stage, tmp_path: Path) -> None:
    picture = tmp_path / "hips.png"
    picture.write_bytes(b"picture")
    stage.shows(Note(1, "Hips", "", BUTTONS, picture))
    (request,) = played.shown.values()
    (attached,) = request.content().attachments()
    assert attached.URL().path() != str(picture) and not Path(attached.URL().path()).exists()
    assert picture.read_bytes() == b"picture"


def test_a_picture_that_will_not_do_is_left_out_and_leaves_nothing(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    odd = tmp_path / "odd.xyz"
    odd.write_bytes(b"?")
    for picture in (odd, tmp_path / "missing.png"):
        stage.shows(Note(1, f"With {picture.name}", "", BUTTONS, picture))
        (request,) = played.shown.values()
        assert request.content().attachments() == []
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".xyz"] == ["odd.xyz"]


def test_the_person_is_asked_once_and_notes_come_another_way_until_they_answer(loop: SelectorLoop) -> None:
    played.status = system.UNAuthorizationStatusNotDetermined
    stage = Stage(loop)
    turn_until(loop, lambda: played.questions, "the question")
    stage.notifier.show(STAND_UP)
    turn_until(loop, lambda: stage.refused, "the refusal")
    stage.settles()
    assert stage.refused == [STAND_UP] and len(played.questions) == 1
    assert stage.notifier.health() == Health(
        "notifier",
        State.DEGRADED,
        "notification_center",
        "the person has not yet said whether macOS may show notes",
        permission="Notifications: not asked",
    )
    played.decides(allowed=True)
    turn_until(loop, lambda: stage.notifier.health().state is State.OK, "the permission")
    stage.shows(AGAIN)
    stage.notifier.close()
    stage.settles()


def test_denied_notes_come_another_way_and_health_says_so(loop: SelectorLoop) -> None:
    played.status = system.UNAuthorizationStatusNotDetermined
    stage = Stage(loop)
    turn_until(loop, lambda: played.questions, "the question")
    played.decides(allowed=False)
    turn_until(loop, lambda: stage.notifier.health().state is State.DENIED, "the answer")
    assert stage.notifier.health() == Health(
        "notifier",
        State.DENIED,
        "notification_center",
        "notifications of the agent are switched off",
        permission="Notifications: denied",
    )
    stage.notifier.show(STAND_UP)
    turn_until(loop, lambda: stage.refused, "the refusal")
    assert played.questions == [] and played.ever_shown == []
    stage.notifier.close()
    stage.settles()


def test_a_bundle_that_macos_does_not_trust_is_told_of(loop: SelectorLoop) -> None:
    played.status = system.UNAuthorizationStatusNotDetermined
    stage = Stage(loop)
    turn_until(loop, lambda: played.questions, "the question")
    played.decides(allowed=False, fault="Notifications are not allowed for this application")
    turn_until(loop, lambda: stage.notifier.health().state is State.DENIED, "the answer")
    assert (
        stage.notifier.health().reason
        == "macOS shows no notes of the agent: Notifications are not allowed for this application"
    )
    stage.notifier.close()
    stage.settles()


def test_what_is_allowed_is_looked_up_for_each_note(stage: Stage) -> None:
    stage.shows(STAND_UP)
    played.status = system.UNAuthorizationStatusDenied
    stage.notifier.show(AGAIN)
    turn_until(stage.loop, lambda: stage.refused, "the refusal")
    stage.settles()
    assert stage.refused == [AGAIN] and played.note() is None
    played.status = system.UNAuthorizationStatusAuthorized
    stage.shows(HIPS)
    assert stage.notifier.health().state is State.OK


@pytest.mark.parametrize(
    ("alert", "style"),
    [
        (system.UNNotificationSettingDisabled, system.UNAlertStyleBanner),
        (system.UNNotificationSettingEnabled, system.UNAlertStyleNone),
    ],
)
def test_notes_that_would_not_come_on_the_screen_come_another_way(
    stage: Stage, alert: int, style: int
) -> None:
    played.alert, played.style = alert, style
    stage.notifier.show(STAND_UP)
    turn_until(stage.loop, lambda: stage.refused, "the refusal")
    assert stage.notifier.health() == Health(
        "notifier",
        State.DENIED,
        "notification_center",
        "notifications of the agent are kept off the screen",
        permission="Notifications: granted",
    )


def test_a_note_that_fails_comes_another_way(stage: Stage) -> None:
    played.fault = "no content"
    stage.notifier.show(STAND_UP)
    turn_until(stage.loop, lambda: stage.refused, "the refusal")
    assert stage.refused == [STAND_UP]
    assert stage.notifier.health().state is State.DEGRADED
    assert stage.notifier.health().reason == "macOS shows no notes of the agent: no content"
    played.fault = None
    stage.shows(AGAIN)
    assert stage.notifier.health().state is State.OK


def test_a_center_that_does_not_answer_is_not_waited_for(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "PATIENCE_S", 0.2)
    played.silent = True
    stage.notifier.show(STAND_UP)
    turn_until(stage.loop, lambda: stage.refused, "the refusal")
    played.silent = False
    assert stage.refused == [STAND_UP]


def test_a_note_that_stayed_long_is_not_given_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifications, "PATIENCE_S", 1.0)
    stage.shows(STAND_UP)
    turn_for(stage.loop, 1.1)
    assert stage.refused == [] and played.note() is not None


def test_a_process_that_macos_takes_for_no_app_after_all_shows_none(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "PATIENCE_S", 0.2)
    monkeypatch.setattr(notifications, "in_bundle", lambda: True)
    corefoundation.played.is_app(None)
    stage = Stage(loop)
    stage.notifier.show(STAND_UP)
    turn_until(loop, lambda: stage.refused, "the refusal")
    assert stage.notifier.health().state is State.DENIED
    assert "bundleProxyForCurrentProcess is nil" in (stage.notifier.health().reason or "")
    stage.notifier.close()


def test_closed_it_hears_nothing_more(loop: SelectorLoop) -> None:
    stage = Stage(loop)
    stage.shows(STAND_UP)
    delegate = played.delegate
    stage.notifier.close()
    stage.notifier.close()
    stage.settles()
    played.delegate = delegate
    played.chooses("start", prompt=1)
    stage.settles()
    assert stage.answers == [] and played.shown == {}
