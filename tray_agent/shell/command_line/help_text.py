"""What `help` says: every verb in a line, or all about one with an example."""

from __future__ import annotations

from collections.abc import Mapping

from tray_agent.shell.command_line.arguments import Form
from tray_agent.shell.words import _

_LINE = 90


def overview(forms: Mapping[str, Form]) -> str:
    """Each verb and what it does."""
    width = max(map(len, forms))
    lines = [f"  {name:{width}}  {form.does}" for name, form in forms.items()]
    first = _("tray-agent VERB, where VERB is one of")
    last = _("tray-agent help VERB says how it is typed, with an example.")
    return "\n".join([first, *lines, last])


def explained(form: Form) -> str:
    """How the verb is typed, what it does, what else there is to know, and an example."""
    from textwrap import fill  # the list of all verbs does without it

    more = [fill(form.more, _LINE, break_on_hyphens=False)] if form.more else []
    example = _("Example: {command}").format(command=f"tray-agent {form.example}")
    return "\n".join([f"tray-agent {form.usage}", "", form.does, *more, example])
