import pytest

from tests.support import answers
from tray_agent.shell import sentences

TODAY = "Today: 3 breaks, 2 h 40 min sitting, 50 min at most without a break."
SITTING = "You seem to be sitting: the last input was less than a minute ago."
CHANGES = "What would change my mind:"
MIND = f"{CHANGES} no activity for about 2 min more, your own word."
CAME = (
    "The last prompt came at 10:45, after about 55 min of sitting;"
    " why it waited: you are in a call, you are typing."
)
HELD = "A prompt was held back from 09:30 to 09:50: your screen is shared; then you were up."


def now(**changed: object) -> dict[str, object]:
    """The grounds of `why`, with what is given in place of it."""
    return {**answers.why()["now"], **changed}


PROMPT = {"id": 1, "kind": "stand_up", "insistence": "notify", "shown_s": 3, "because": []}
DUE = {"kind": "stand_up", "due_in_s": 0, "because": []}


@pytest.mark.parametrize(
    ("changed", "first"),
    [
        ({}, "Sitting about 40 min. Next break in about 5 min."),
        ({"prompt": PROMPT}, "Sitting about 40 min. It is time for a break: take it, snooze or skip."),
        ({"next": DUE}, "Sitting about 40 min. A break is due."),
        (
            {"next": DUE, "quiet": ["call", "typing"]},
            "Sitting about 40 min. A break is due; it waits: you are in a call, you are typing.",
        ),
        ({"next": None, "posture": "standing"}, "Standing."),
        ({"next": None, "posture": "away"}, "Away from the desk."),
        (
            {"next": None, "posture": "unknown"},
            "No activity can be seen; `tray-agent doctor` says why.",
        ),
        ({"paused_until": "2026-03-02T14:30:00+01:00"}, "Paused until 14:30."),
        ({"paused_until": "indefinite"}, "Paused until you resume."),
    ],
)
def test_status(changed: dict[str, object], first: str) -> None:
    assert sentences.status(answers.status(**changed)) == f"{first}\n{TODAY}"


def test_status_names_what_does_not_work() -> None:
    lost = {"name": "pynput", "state": "lost", "source": "xrecord", "reason": "the X server left"}
    told = sentences.status(
        answers.status(sensors=[lost], tray={"backend": None, "state": "off", "reason": "--no-tray"})
    )
    assert told.splitlines()[2:] == ["pynput: xrecord, lost, the X server left"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, f"{SITTING}\n{MIND}\nNext break in about 5 min."),
        (
            {"quiet": ["outside_hours"], "next": None},
            f"{SITTING}\n{MIND}\nNo prompt comes now: outside working hours.",
        ),
        (
            {"quiet": ["call"], "owed": True, "next": {"kind": "stand_up", "due_in_s": 0, "because": []}},
            f"{SITTING}\n{MIND}\nA break is due; it waits: you are in a call.",
        ),
        (
            {"next": None, "last_prompt": answers.asked(), "last_held": answers.held()},
            f"{SITTING}\n{MIND}\n{CAME}\n{HELD}",
        ),
        (
            {
                "next": None,
                "last_prompt": answers.asked(waited_for=[], waited_s=0),
                "last_held": answers.held(ended_by="prompt"),
            },
            f"{SITTING}\n{MIND}\nThe last prompt came at 10:45, after about 55 min of sitting.",
        ),
        ({"next": None, "last_held": answers.held(until=None, ended_by=None)}, f"{SITTING}\n{MIND}"),
        (
            {"next": None, "now": now(rule="hold_ended")},
            f"You seem to be sitting: a call or a video has only just ended.\n{MIND}",
        ),
        (
            {
                "now": now(posture="away", rule="left", would_change=[{"code": "input", "values": {}}]),
                "next": None,
                "because": [{"code": "idle", "values": {"away_s": 600}}],
            },
            f"You seem to be away: no input for about 10 min.\n{CHANGES} a key, or the mouse.",
        ),
        (
            {"next": None, "because": [{"code": "held", "values": {"signal": "call", "idle_s": 300}}]},
            f"You seem to be sitting: no input for about 5 min, but you are in a call.\n{MIND}",
        ),
        (
            {
                "next": None,
                "now": now(posture="unknown", rule="no_sensor"),
                "because": [{"code": "no_sensor", "values": {}}],
            },
            f"I cannot tell whether you sit: no activity can be seen.\n{MIND}",
        ),
    ],
)
def test_why(changed: dict[str, object], told: str) -> None:
    said = sentences.why(answers.why(**changed))
    assert said == told
    assert len(said.splitlines()) <= 6


def test_doctor_compares_the_two_that_see_input() -> None:
    told = sentences.doctor(answers.doctor(last_input={"counter_s": 3.2, "pynput_s": None}))
    assert told.endswith("Last input: by the counter 3 s ago, by pynput not seen.")


def test_doctor() -> None:
    told = sentences.doctor(answers.doctor(running=False, faults=["settings.toml, line 1: wrong"]))
    assert told == "Tray Agent 0.1.0, not running\n  Icon  not there: no panel\nsettings.toml, line 1: wrong"


def test_doctor_says_what_would_help_and_what_else_is_to_know() -> None:
    part = {
        "name": "tray",
        "state": "absent",
        "source": None,
        "reason": "no panel",
        "value": None,
        "remedy": "Add one.",
    }
    told = sentences.doctor(answers.doctor(parts=[part], last_crash="crash.txt"))
    assert told.splitlines()[1:] == [
        "  Icon  not there: no panel",
        "        Add one.",
        "It once ended by a fault of its own; crash.txt says more.",
    ]
    nothing = [{**part, "remedy": None}]
    assert sentences.doctor(answers.doctor(parts=nothing, last_crash=None)).count("\n") == 1


@pytest.mark.parametrize(
    ("startup", "told"),
    [
        ((True, "systemd", None), "Tray Agent starts when you log in, by systemd."),
        ((True, "login_item", None), "Tray Agent starts when you log in, by macOS."),
        ((True, "launch_agent", None), "Tray Agent starts when you log in, by macOS."),
        ((True, "task", None), "Tray Agent starts when you log in."),
        ((False, None, None), "Tray Agent does not start when you log in."),
        ((False, None, "switched off"), "Tray Agent does not start when you log in: switched off."),
    ],
)
def test_autostart(startup: tuple[bool, str | None, str | None], told: str) -> None:
    on, mechanism, reason = startup
    assert sentences.autostart({"on": on, "mechanism": mechanism, "reason": reason}) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("up", "you were up"),
        ("seated", "you were sitting"),
        ("standing", "you were standing"),
        ("meeting", "you were sitting in a meeting"),
    ],
)
def test_was(said: str, told: str) -> None:
    times = {"from": "2026-03-02T12:30:00+01:00", "to": "2026-03-02T13:00:00+01:00"}
    assert sentences.done("was", {"as": said, **times}) == f"Noted: {told} from 12:30 to 13:00."


@pytest.mark.parametrize(
    "verb", ["break", "snooze", "skip", "pause", "resume", "standing", "sitting", "away", "quit"]
)
def test_every_verb_says_that_it_was_done(verb: str) -> None:
    said = sentences.done(verb, {"paused_until": "2026-03-02T14:30:00+01:00"})
    assert said.endswith(".")
    assert verb != "pause" or said == "Paused until 14:30."
