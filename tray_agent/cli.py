"""The command line.  Most verbs are one question to the running agent, asked with little loaded.

JSON goes to standard output as the agent gave it, one sentence about what went wrong to standard
error; the exit codes are those of `shell.messages.Exit`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tray_agent import __version__
from tray_agent.shell.arguments import Arguments, Form, parse, wrong
from tray_agent.shell.forms import FORMS, pause_args
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.words import _

if TYPE_CHECKING:
    from tray_agent.shell.folders import Folders
    from tray_agent.shell.settings import SettingsFile

_INTERRUPTED = 130
_FASTEST = 10_000


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments (those of the process, when None) say; returns the exit code."""
    try:
        code = _dispatch(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except CommandError as error:
        print(error, file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
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
    form = FORMS.get(name)
    if form is None:
        sentence = _("there is no verb {name}; tray-agent help lists them")
        raise CommandError(Exit.USAGE, sentence.format(name=name))
    if "-h" in typed or "--help" in typed:
        print(f"tray-agent {form.usage}\n{form.does}")
        return Exit.DONE
    return ACTS[name](form, parse(form, typed))


def _help(_form: Form, _typed: Arguments) -> int:
    width = max(len(form.usage) for form in FORMS.values())
    print(_("tray-agent VERB, where VERB is one of"))
    for form in FORMS.values():
        print(f"  {form.usage:{width}}  {form.does}")
    return Exit.DONE


def _version(_form: Form, _typed: Arguments) -> int:
    print(f"tray-agent {__version__}")
    return Exit.DONE


def _run(form: Form, typed: Arguments) -> int:
    speed = _number(form, typed, "--speed", 1.0)
    if speed > _FASTEST:
        raise wrong(form, _("--speed is at most {most}").format(most=_FASTEST))
    config = _existing(typed)
    from tray_agent import wiring

    return wiring.run(wiring.Options(no_tray="--no-tray" in typed.flags, speed=speed, config=config))


def _replay(form: Form, typed: Arguments) -> int:
    every = _number(form, typed, "--every", 60.0)
    kind = typed.values.get("--format", "text")
    if kind not in ("text", "jsonl"):
        raise wrong(form, _("--format is text or jsonl"))
    config = _existing(typed)
    from tray_agent.shell import replay

    return replay.main(Path(typed.words[0]), config, every, kind, sys.stdout)


def _asking(verb: str) -> Callable[[Form, Arguments], int]:
    """A verb without arguments that the running agent carries out."""
    return lambda _form, typed: _tell(verb, {}, typed)


def _status(_form: Form, typed: Arguments) -> int:
    result = _ask("status")
    from tray_agent.shell import sentences

    return _show(result, sentences.status, typed)


def _why(_form: Form, typed: Arguments) -> int:
    result = _ask("why")
    from tray_agent.shell import sentences

    return _show(result, sentences.why, typed)


def _doctor(_form: Form, typed: Arguments) -> int:
    if "--selftest" in typed.flags:
        return _selftest()
    from tray_agent.shell import sentences

    try:
        result = _ask("doctor")
    except CommandError as error:
        if error.code is not Exit.NOT_RUNNING:
            raise
        from tray_agent import wiring

        result = wiring.examine()
    return _show(result, sentences.doctor, typed)


def _selftest() -> int:
    """Import every adapter and open a store: what an installer asks of a fresh installation."""
    import importlib
    import pkgutil
    import tempfile

    from tray_agent import platforms
    from tray_agent.shell.store import SqliteStore

    faults = []
    for module in pkgutil.walk_packages(platforms.__path__, f"{platforms.__name__}."):
        try:
            importlib.import_module(module.name)
        except Exception as error:  # noqa: BLE001 - whatever stops an adapter is the answer
            faults.append(f"{module.name}: {error}")
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder, "history.sqlite3"))
        reason = store.health().reason
        store.close()
    if reason is not None:
        faults.append(_("a history cannot be kept: {why}").format(why=reason))
    if faults:
        raise CommandError(Exit.FAULT, "\n".join(faults))
    print(_("All parts are there."))
    return Exit.DONE


def _break(form: Form, typed: Arguments) -> int:
    kind = typed.words[0] if typed.words else None
    if kind not in (None, "stand_up", "hip_flexor", "glutes"):
        raise wrong(form, _("there is no break {kind}").format(kind=kind))
    return _tell("break", {"kind": kind}, typed)


def _pause(form: Form, typed: Arguments) -> int:
    return _tell("pause", pause_args(form, typed.words), typed)


def _get(_form: Form, typed: Arguments) -> int:
    from tray_agent.shell import setting_values
    from tray_agent.shell.settings import BadSetting

    try:
        value = _settings(_folders()).get(typed.words[0])
    except BadSetting as error:
        raise CommandError(Exit.USAGE, str(error)) from None
    print(value if isinstance(value, str) else setting_values.shown(value))
    return Exit.DONE


def _set(_form: Form, typed: Arguments) -> int:
    from tray_agent.shell import setting_values
    from tray_agent.shell.folders import UnusableFolder
    from tray_agent.shell.settings import BadSetting

    key, text = typed.words
    try:
        folders = _folders()
        folders.make()
        value = _settings(folders).set(key, text)
    except BadSetting as error:
        raise CommandError(Exit.USAGE, str(error)) from None
    except UnusableFolder as error:
        raise CommandError(Exit.FAULT, str(error)) from None
    except OSError as error:
        sentence = _("{file} cannot be written: {why}").format(file=error.filename, why=error.strerror)
        raise CommandError(Exit.FAULT, sentence) from None
    print(f"{key} = {setting_values.shown(value)}")
    return Exit.DONE


def _settings(folders: Folders) -> SettingsFile:
    from tray_agent.shell.settings import SettingsFile

    settings = SettingsFile(folders.settings)
    settings.reload()
    for fault in settings.faults:
        print(fault, file=sys.stderr)
    return settings


def _folders() -> Folders:
    from tray_agent.shell import folders

    try:
        return folders.find()
    except folders.UnusableFolder as error:
        raise CommandError(Exit.FAULT, str(error)) from None


def _ask(verb: str, args: dict[str, Any] | None = None) -> dict[str, Any]:
    from tray_agent.shell import ipc

    return ipc.ask(_folders().socket, verb, args)


def _tell(verb: str, args: dict[str, Any], typed: Arguments) -> int:
    result = _ask(verb, args)
    from tray_agent.shell import sentences

    return _show(result, lambda given: sentences.done(verb, given), typed)


def _show(result: dict[str, Any], in_words: Callable[[dict[str, Any]], str], typed: Arguments) -> int:
    if "--json" in typed.flags:
        import json

        print(json.dumps(result, ensure_ascii=False))
    else:
        print(in_words(result))
    return Exit.DONE


def _number(form: Form, typed: Arguments, option: str, default: float) -> float:
    text = typed.values.get(option)
    if text is None:
        return default
    number = 0.0
    with suppress(ValueError):
        number = float(text)
    if not 0 < number < float("inf"):
        raise wrong(form, _("{option} needs a number above 0, not {text}").format(option=option, text=text))
    return number


def _existing(typed: Arguments) -> Path | None:
    text = typed.values.get("--config")
    if text is None:
        return None
    if not Path(text).is_file():
        raise CommandError(Exit.USAGE, _("there is no settings file {file}").format(file=text))
    return Path(text)


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
    "get": _get,
    "set": _set,
    "replay": _replay,
    "doctor": _doctor,
    "quit": _asking("quit"),
    "version": _version,
    "help": _help,
}
