"""`lab`: policies side by side, over made-up workers; nothing on this machine is read but the given files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from msgspec.structs import asdict

from tray_agent.core.model import Intensity
from tray_agent.ports import Policy, PolicyTrouble
from tray_agent.shell.command_line import terminal
from tray_agent.shell.command_line.arguments import Arguments, Form, wrong
from tray_agent.shell.lab import bench, figures
from tray_agent.shell.managed import Managed
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.words import _

WORKERS, DAYS = 80, 5
_MOST = {"--workers": 100_000, "--days": 260}
_BAR = 30

Values = dict[str, Any]


class Read(Protocol):
    """From the bytes of a file of policies to what it says."""

    def __call__(
        self, text: bytes, source: str, *, mandatory: bool, machine: bool = True
    ) -> Iterable[Policy | PolicyTrouble]:
        """All that stands there."""


def lab(form: Form, typed: Arguments, read: Read) -> int:
    """Run the lab and print its table; the exit code."""
    workers = _count(form, typed, "--workers", WORKERS)
    days = _count(form, typed, "--days", DAYS)
    files = [Path(value) for option, value in typed.every if option == "--policy"]
    policies = {file.name: _chosen(file, read) for file in files} or _intensities()
    if len(policies) < len(files):
        raise wrong(form, _("two policies have the same name"))
    result = bench.run(policies, workers, days, _progress(sys.stderr.isatty()))
    if "--json" in typed.flags:
        terminal.print_json({"policies": [{"name": name, **asdict(found)} for name, found in result.items()]})
    else:
        print(figures.table(list(result.items())))
        print()
        print(_("The same workers each time; they are made up, and so is how they answer (config/lab.toml)."))
    return Exit.DONE


def _intensities() -> dict[str, Values]:
    return {str(each): {"intensity": each} for each in Intensity}


def _chosen(file: Path, read: Read) -> Values:
    """The values in force under this file; raises `CommandError` for what cannot be obeyed."""
    try:
        text = file.read_bytes()
    except OSError as error:
        sentence = _("{file} cannot be read: {why}").format(file=file, why=error.strerror)
        raise CommandError(Exit.USAGE, sentence) from None
    managed = Managed(lambda: read(text, str(file), mandatory=True))
    managed.reload()
    faults = [f"{row.source}: {row.error}" for row in managed.rows if row.error is not None]
    if faults:
        raise CommandError(Exit.USAGE, "\n".join(faults))
    return managed.values(managed.mandatory)


def _count(form: Form, typed: Arguments, option: str, default: int) -> int:
    text = typed.values.get(option, f"{default}")
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST[option]):
        sentence = _("{option} is a whole number from 1 to {most}, not {text}")
        raise wrong(form, sentence.format(option=option, most=_MOST[option], text=text))
    return int(text)


def _progress(wanted: bool) -> Callable[[float], object]:
    def told(share: float) -> None:
        full = round(share * _BAR)
        end = "\n" if share >= 1 else ""
        print(f"\r[{'#' * full}{'.' * (_BAR - full)}] {share:4.0%}", end=end, file=sys.stderr, flush=True)

    return told if wanted else lambda _share: None
