"""`get` and `set`: the settings file from the command line; a running agent sees the change by itself."""

from __future__ import annotations

from tray_agent.shell import setting_values
from tray_agent.shell.command_line import terminal
from tray_agent.shell.command_line.arguments import Arguments, Form
from tray_agent.shell.folders import Folders, UnusableFolder
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.settings import BadSetting, ManagedSetting, SettingsFile
from tray_agent.shell.words import _


def get(_form: Form, typed: Arguments) -> int:
    """Print the value in force."""
    try:
        value = _settings(terminal.places()).get(typed.words[0])
    except BadSetting as error:
        raise CommandError(Exit.USAGE, str(error)) from None
    print(value if isinstance(value, str) else setting_values.shown(value))
    return Exit.DONE


def set_(_form: Form, typed: Arguments) -> int:
    """Write a value and print it as it now stands in the file."""
    key, text = typed.words
    places = terminal.places()
    try:
        troubles = places.make()
        if troubles and places.health().reason is not None:
            raise CommandError(Exit.FAULT, troubles[0])
        value = _settings(places).set(key, text)
    except ManagedSetting as error:
        raise CommandError(Exit.REFUSED, str(error)) from None
    except BadSetting as error:
        raise CommandError(Exit.USAGE, str(error)) from None
    except UnusableFolder as error:
        raise CommandError(Exit.FAULT, str(error)) from None
    except OSError as error:
        sentence = _("{file} cannot be written: {why}").format(file=error.filename, why=error.strerror)
        raise CommandError(Exit.FAULT, sentence) from None
    print(f"{key} = {setting_values.shown(value)}")
    return Exit.DONE


def _settings(places: Folders) -> SettingsFile:
    settings = SettingsFile(places.settings, terminal.managed())
    settings.reload()
    for fault in settings.faults:
        terminal.complain(fault)
    return settings
