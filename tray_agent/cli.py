"""The command line.  Most verbs are one question to the running agent, asked with little loaded.

JSON goes to standard output as the agent gave it, one sentence about what went wrong to standard
error; the exit codes are those of `shell.messages.Exit`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

from tray_agent import __version__, platforms
from tray_agent.shell import words
from tray_agent.shell.command_line import given, terminal
from tray_agent.shell.command_line.arguments import Arguments, Form, parse, wrong
from tray_agent.shell.command_line.forms import FORMS
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.pipes import reader_left
from tray_agent.shell.words import _

_INTERRUPTED = 130
_FASTEST = 10_000


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments (those of the process, when None) say; returns the exit code."""
    terminal.say_what_can_be_said()
    try:
        system = platforms.select()
        words.listen_to(system.languages)
        terminal.usual_folders = system.places
        terminal.channel, terminal.policies = system.channel, system.policies
        code = _dispatch(list(sys.argv[1:] if argv is None else argv))
        if sys.stdout is not None:  # a program without a console has none
            sys.stdout.flush()
    except CommandError as error:
        terminal.complain(error)
        return error.code
    except platforms.Unsupported as error:
        print(error, file=sys.stderr)
        return Exit.FAULT
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        if not reader_left(error):
            raise
        # The reader has seen enough; Python must not complain about the rest when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    return code


def _dispatch(argv: list[str]) -> int:
    if not argv:
        raise CommandError(
            Exit.USAGE, _("say what to do, such as tray-agent run; tray-agent help lists it all")
        )
    name, *typed = argv
    name = {"-h": "help", "--help": "help", "-V": "version", "--version": "version"}.get(name, name)
    form = _form(name)
    # What stands after a lone -- is no option, not even this one.
    options = typed[: typed.index("--")] if "--" in typed else typed
    if "-h" in options or "--help" in options:
        return _explain(form)
    return ACTS[name](form, parse(form, typed))


def _form(name: str) -> Form:
    form = FORMS.get(name)
    if form is None:
        sentence = _("there is no verb {name}; tray-agent help lists them")
        raise CommandError(Exit.USAGE, sentence.format(name=name))
    return form


def _help(_this: Form, typed: Arguments) -> int:
    if typed.words:
        return _explain(_form(typed.words[0]))
    from tray_agent.shell.command_line.help_text import overview

    print(overview(FORMS))
    return Exit.DONE


def _explain(form: Form) -> int:
    from tray_agent.shell.command_line.help_text import explained

    print(explained(form))
    return Exit.DONE


def _version(_form: Form, _typed: Arguments) -> int:
    print(f"tray-agent {__version__}")
    return Exit.DONE


def _run(form: Form, typed: Arguments) -> int:
    speed = given.number(form, typed, "--speed", 1.0)
    if speed > _FASTEST:
        raise wrong(form, _("--speed is at most {most}").format(most=_FASTEST))
    config = given.config(typed)
    from tray_agent.shell import frugal

    frugal.load("msgspec")
    from tray_agent import wiring
    from tray_agent.arrival import Options

    no_tray, unasked = (flag in typed.flags for flag in ("--no-tray", "--unasked"))
    return wiring.run(Options(no_tray=no_tray, unasked=unasked, speed=speed, config=config))


def _replay(form: Form, typed: Arguments) -> int:
    every = given.number(form, typed, "--every", 60.0)
    config = given.config(typed)
    from pathlib import Path

    from tray_agent.shell import replay

    kind = typed.values.get("--format", "text")
    return replay.main(Path(typed.words[0]), config, every, kind, sys.stdout)


def _asking(verb: str) -> Callable[[Form, Arguments], int]:
    """A verb without arguments that the running agent carries out."""
    return lambda _form, typed: terminal.tell(verb, {}, typed)


def _status(_form: Form, typed: Arguments) -> int:
    result = terminal.ask("status")
    from tray_agent.shell import sentences

    return terminal.show(result, sentences.status, typed)


def _why(_form: Form, typed: Arguments) -> int:
    result = terminal.ask("why")
    from tray_agent.shell import sentences

    return terminal.show(result, sentences.why, typed)


def _doctor(_form: Form, typed: Arguments) -> int:
    if "--selftest" in typed.flags:
        from tray_agent import examining

        examining.selftest()
        print(_("All parts are there."))
        return Exit.DONE
    from tray_agent.shell import sentences

    try:
        result = terminal.ask("doctor")
    except CommandError as error:
        if error.code is not Exit.NOT_RUNNING:
            raise
        from tray_agent import examining

        result = examining.examine()
    if "--json" in typed.flags:
        from tray_agent.shell import inventory

        result = inventory.of(result)
    return terminal.show(result, sentences.doctor, typed)


def _lab(form: Form, typed: Arguments) -> int:
    from tray_agent.platforms.policy_file import policies
    from tray_agent.shell.command_line import lab_acts

    return lab_acts.lab(form, typed, policies)


def _break(_form: Form, typed: Arguments) -> int:
    return terminal.tell("break", {"kind": typed.words[0] if typed.words else None}, typed)


def _pause(form: Form, typed: Arguments) -> int:
    from tray_agent.shell.command_line.time_words import pause_args

    return terminal.tell("pause", pause_args(form, typed.words), typed)


def _was(form: Form, typed: Arguments) -> int:
    from tray_agent.shell.command_line.time_words import was_args

    return terminal.tell("was", was_args(form, typed.words), typed)


def _policy(form: Form, typed: Arguments) -> int:
    from tray_agent.shell.command_line import policy_acts

    return policy_acts.policy(form, typed)


def _autostart(_form: Form, typed: Arguments) -> int:
    from msgspec.structs import asdict

    from tray_agent.ports import Unavailable
    from tray_agent.shell import sentences

    decided = terminal.decided("organisation.autostart", "person")
    if decided is not None and typed.words[0] != "status":
        raise CommandError(Exit.REFUSED, decided)
    try:
        chosen = platforms.select().autostart()
        asked = typed.words[0]
        startup = chosen.status() if asked == "status" else chosen.set(on=asked == "on")
    except Unavailable as error:
        raise CommandError(Exit.FAULT, str(error)) from None
    except OSError as error:
        why = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        raise CommandError(Exit.FAULT, _("nothing was changed: {why}").format(why=why)) from None
    told = asdict(startup)
    if asked == "on" and not startup.on:
        raise CommandError(Exit.FAULT, sentences.autostart(told))
    return terminal.show(told, sentences.autostart, typed)


def _history(form: Form, typed: Arguments) -> int:
    from tray_agent.shell.command_line import history_acts

    return history_acts.history(form, typed)


def _safety(form: Form, typed: Arguments) -> int:
    from tray_agent.shell.command_line import safety_acts

    return safety_acts.safety(form, typed)


def _exercises(form: Form, typed: Arguments) -> int:
    from tray_agent.shell.command_line import exercise_acts

    return exercise_acts.exercises(form, typed)


def _export(form: Form, typed: Arguments) -> int:
    from tray_agent.shell.command_line import history_acts

    return history_acts.export(form, typed)


def _erase(form: Form, typed: Arguments) -> int:
    from tray_agent.shell.command_line import erasing

    return erasing.erase(form, typed)


def _get(form: Form, typed: Arguments) -> int:
    from tray_agent.shell.command_line import setting_acts

    return setting_acts.get(form, typed)


def _set(form: Form, typed: Arguments) -> int:
    from tray_agent.shell.command_line import setting_acts

    return setting_acts.set_(form, typed)


def _completion(_form: Form, typed: Arguments) -> int:
    from tray_agent.shell.command_line import completion

    print(completion.script(typed.words[0], FORMS), end="")
    return Exit.DONE


ACTS: dict[str, Callable[[Form, Arguments], int]] = {
    "run": _run,
    "status": _status,
    "why": _why,
    "break": _break,
    "snooze": _asking("snooze"),
    "skip": _asking("skip"),
    "pause": _pause,
    "resume": _asking("resume"),
    "standing": _asking("standing"),
    "sitting": _asking("sitting"),
    "away": _asking("away"),
    "was": _was,
    "today": _asking("today"),
    "settings": _asking("settings"),
    "safety": _safety,
    "history": _history,
    "exercises": _exercises,
    "get": _get,
    "set": _set,
    "policy": _policy,
    "autostart": _autostart,
    "export": _export,
    "erase": _erase,
    "replay": _replay,
    "lab": _lab,
    "doctor": _doctor,
    "completion": _completion,
    "quit": _asking("quit"),
    "version": _version,
    "help": _help,
}
