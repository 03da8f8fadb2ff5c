"""What stands in the menu but is not the person's to change."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from tray_agent.ports import Entry
from tray_agent.shell import setting_values
from tray_agent.shell.origins import Origins
from tray_agent.shell.words import _


def grey(entry: Entry) -> Entry:
    """The entry, which does nothing."""
    return replace(entry, action=None)


def free(entry: Entry, origins: Origins, *keys: str) -> Entry:
    """The entry, greyed where it would change what an organisation has decided."""
    return grey(entry) if any(origins.of(key).managed for key in keys) else entry


def decided(origins: Origins, tell_about: Callable[[], object]) -> tuple[Entry, ...]:
    """A last line that says why some of it is grey, with more behind it; none where nothing is."""
    found = [origin for key in setting_values.TYPES if (origin := origins.of(key)).managed]
    if not found:
        return ()
    name = found[0].organisation or _("your organisation")
    return (Entry(""), Entry(_("Managed by {organisation}").format(organisation=name), tell_about))
