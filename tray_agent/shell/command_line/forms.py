"""How each verb of the command line is typed: what `help` says, `parse` accepts and completion proposes."""

from __future__ import annotations

from tray_agent.shell.command_line.arguments import Form, Open
from tray_agent.shell.words import _

_JSON = frozenset({"--json"})
_KINDS = ("stand_up", "hip_flexor", "glutes")

FORMS: dict[str, Form] = {
    "run": Form(
        "run [--no-tray] [--unasked] [--speed N] [--config FILE]",
        _("be the agent, in the tray"),
        example="run --config ~/quiet-week.toml",
        more=_(
            "--speed lets N seconds of the agent's day pass in one second, to see what a day is like. "
            "--unasked is for whatever starts it at login: where it runs already, no window opens."
        ),
        flags=frozenset({"--no-tray", "--unasked"}),
        values={"--speed": Open.TEXT, "--config": Open.FILE},
    ),
    "status": Form(
        "status [--json]", _("how you are sitting, and what is coming"), example="status", flags=_JSON
    ),
    "why": Form(
        "why [--json]", _("why it thinks so, and why it asks or does not"), example="why", flags=_JSON
    ),
    "break": Form(
        "break [stand_up|hip_flexor|glutes]",
        _("start a break now"),
        example="break hip_flexor",
        more=_("Without a kind it is whatever your programme has next."),
        flags=_JSON,
        words=(_KINDS,),
    ),
    "snooze": Form(
        "snooze",
        _("ask again later"),
        example="snooze",
        more=_("Answers the prompt that is showing; ends with 2 when there is none."),
        flags=_JSON,
    ),
    "skip": Form(
        "skip",
        _("not while I sit this time"),
        example="skip",
        more=_("Answers the prompt that is showing; ends with 2 when there is none."),
        flags=_JSON,
    ),
    "pause": Form(
        "pause 30m|1h|until HH:MM|today|indefinitely",
        _("no prompts for a while"),
        example="pause until 14:30",
        more=_("Any length will do, such as 90m or 1h30m. What falls due meanwhile is asked afterwards."),
        flags=_JSON,
        words=(Open.LENGTH, Open.TEXT),
        least=1,
    ),
    "resume": Form("resume", _("prompts again"), example="resume", flags=_JSON),
    "standing": Form(
        "standing",
        _("I am standing"),
        example="standing",
        more=_("Believed for 40 minutes, or until you say that you are sitting."),
        flags=_JSON,
    ),
    "sitting": Form("sitting", _("I am sitting"), example="sitting", flags=_JSON),
    "away": Form(
        "away",
        _("I am leaving the desk"),
        example="away",
        more=_("Believed until you are back at the keyboard or mouse."),
        flags=_JSON,
    ),
    "was": Form(
        "was up|seated|standing|meeting [HH:MM-HH:MM]",
        _("put right what it thought of you"),
        example="was up 12:30-13:00",
        more=_("Without times it is about the last time you were away. The day is counted again."),
        flags=_JSON,
        words=(("up", "seated", "standing", "meeting"), Open.TEXT),
        least=1,
    ),
    "today": Form("today", _("show your day and your last weeks in a window"), example="today", flags=_JSON),
    "settings": Form("settings", _("show all settings in a window"), example="settings", flags=_JSON),
    "safety": Form(
        "safety [--json]",
        _("the safety check, and what you answered"),
        example="safety",
        more=_("Asks you to answer: in a window, or at the terminal where there is none."),
        flags=_JSON,
    ),
    "history": Form(
        "history [--days N] [--format text|json|csv]",
        _("your last days in figures"),
        example="history --days 30 --format csv",
        more=_("Seven days without --days. What you are sitting now counts once it has ended."),
        values={"--days": Open.TEXT, "--format": ("text", "json", "csv")},
    ),
    "exercises": Form(
        "exercises [NAME] [--json]",
        _("every exercise, or all about one"),
        example="exercises split_stance",
        more=_("Works without a running agent."),
        flags=_JSON,
        words=(Open.EXERCISE,),
    ),
    "get": Form("get KEY", _("show a setting"), example="get hours.ranges", words=(Open.KEY,), least=1),
    "set": Form(
        "set KEY VALUE",
        _("change a setting"),
        example="set intensity gentle",
        more=_("A running agent takes it up at once."),
        words=(Open.KEY, Open.VALUE),
        least=2,
    ),
    "policy": Form(
        "policy [--json]",
        _("what your organisation has decided"),
        example="policy",
        more=_("For administrators: also shows what cannot be obeyed, and why."),
        flags=_JSON,
    ),
    "autostart": Form(
        "autostart on|off|status [--json]",
        _("whether the agent starts when you log in"),
        example="autostart on",
        flags=_JSON,
        words=(("on", "off", "status"),),
        least=1,
    ),
    "export": Form(
        "export FILE [--include-health]",
        _("save all that is kept about you as JSON"),
        example="export ~/tray-agent.json",
        more=_(
            "A file that is there already is left alone; - stands for standard output."
            " Answers about your health are left out unless you ask for them."
        ),
        flags=frozenset({"--include-health"}),
        words=(Open.FILE,),
        least=1,
    ),
    "erase": Form(
        "erase [--yes]",
        _("delete all that is kept about you"),
        example="erase",
        more=_("Asks first; --yes is for scripts. Your settings stay."),
        flags=_JSON | {"--yes"},
    ),
    "replay": Form(
        "replay FILE [--config FILE] [--every S] [--format text|jsonl]",
        _("run the agent over a recorded trace"),
        example="replay monday.jsonl --every 300",
        more=_("Says every S seconds what it would have thought; nothing else here is read or touched."),
        values={"--config": Open.FILE, "--every": Open.TEXT, "--format": ("text", "jsonl")},
        words=(Open.FILE,),
        least=1,
    ),
    "lab": Form(
        "lab [--policy FILE ...] [--workers N] [--days N] [--json]",
        _("compare policies on made-up workers"),
        example="lab --policy now.json --policy planned.json",
        more=_("Without policies the three intensities are compared. Takes minutes; nobody's data is used."),
        flags=_JSON,
        values={"--policy": Open.FILE, "--workers": Open.TEXT, "--days": Open.TEXT},
    ),
    "doctor": Form(
        "doctor [--json] [--selftest]",
        _("what works here and what does not"),
        example="doctor",
        more=_("--selftest only checks that all parts of the program are there."),
        flags=_JSON | {"--selftest"},
    ),
    "completion": Form(
        "completion bash|zsh|fish",
        _("teach your shell to complete all this"),
        example="completion fish > ~/.config/fish/completions/tray-agent.fish",
        more=_(
            "Prints a script. For bash it belongs in"
            " ~/.local/share/bash-completion/completions/tray-agent, for zsh in a folder of $fpath"
            " under the name _tray-agent."
        ),
        words=(("bash", "zsh", "fish"),),
        least=1,
    ),
    "quit": Form("quit", _("end the agent"), example="quit", flags=_JSON),
    "version": Form("version", _("show the version"), example="version"),
    "help": Form(
        "help [VERB]", _("show this, or all about one verb"), example="help pause", words=(Open.VERB,)
    ),
}
