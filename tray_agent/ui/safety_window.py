"""The safety check before exercises on the floor and with load: what to know first, and one box to tick.

Says `{"event": "ended", "cleared": true or false}` when it was saved, without `cleared` when not.
"""

from __future__ import annotations

from typing import Any

from tray_agent.shell.words import _
from tray_agent.ui import opening
from tray_agent.ui.incoming import Brief
from tray_agent.ui.lettering import button
from tray_agent.ui.opening import Say
from tray_agent.ui.prose import Section
from tray_agent.ui.prose_page import ProsePage
from tray_agent.ui.ticks import TickBox


class SafetyBrief(Brief, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whether the box was ticked before."""

    cleared: bool

    @property
    def title(self) -> str:
        """The window speaks for itself."""
        return _("Before you exercise on the floor")


class SafetyWindow(ProsePage):
    """Shows the conditions and keeps the answer until the window is closed."""

    WIDTH = 720

    def __init__(self, brief: SafetyBrief, say: Say) -> None:
        super().__init__(brief.title, conditions(cleared=brief.cleared), say)
        self._saved: bool | None = None
        self._none_apply = TickBox(_("None of these apply to me"))
        self._none_apply.setChecked(brief.cleared)
        self.foot.insertWidget(0, self._none_apply)
        self.add_close(_("Not now"))
        save = button(_("Save"), role="main")
        save.clicked.connect(self.save)
        self.foot.addWidget(save)

    def save(self) -> None:
        """Leave with the answer that is ticked."""
        self._saved = self._none_apply.isChecked()
        self.leave()

    def last_word(self) -> dict[str, Any]:
        """The answer, if one was saved."""
        return {} if self._saved is None else {"cleared": self._saved}


def conditions(*, cleared: bool) -> tuple[Section, ...]:
    """What to read before ticking the box; when it is `cleared` already, how to take that back."""
    purpose = [
        _("Exercises on the floor, and harder ones, stay off until you have read this."),
        _("Standing exercises serve just as well. Your answer stays on this computer."),
    ]
    if cleared:
        purpose.append(_("You have ticked this before. If something has changed, untick the box and save."))
    return (
        Section(tuple(purpose)),
        Section(
            (
                _("surgery on a hip, knee or the spine in the last 12 months, or a hip replacement"),
                _("a fresh injury, or pain that is new or getting worse"),
                _("a known slipped disc, a narrowed spinal canal or a slipped vertebra; a hernia"),
                _("osteoporosis, or bones that break easily"),
                _("pregnancy, or a birth in the last months"),
                _("a blood clot in a leg, or medicine that thins the blood"),
                _("heart trouble or high blood pressure for which you were told to take it easy"),
                _("dizziness, or trouble getting down to the floor and up again"),
            ),
            _("Ask your doctor or physiotherapist first if any of these apply to you"),
            points=True,
        ),
        Section(
            (
                _("numbness between the legs, or new trouble with bladder or bowel"),
                _("weakness or pain in both legs, or pain after a bad fall"),
                _("pain together with fever, or with weight loss that nothing explains"),
            ),
            _("Do not exercise, and get medical help now, if you have"),
            points=True,
        ),
        Section(
            (
                _("Stop at sharp pain, tingling down the leg or dizziness."),
                _("A stretch should feel mild. Keep breathing."),
            ),
            _("Always"),
            points=True,
        ),
    )


def main() -> int:
    """Show the check until the window is closed."""
    return opening.run("safety", SafetyBrief, SafetyWindow)
