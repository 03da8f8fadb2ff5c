"""What helps on Windows where a part is not well, and where the icon hides when it is.

Words alone, so it can be imported anywhere.  Settings are called as Windows 11 calls them in English.
"""

from __future__ import annotations

from tray_agent.ports import Advice, State
from tray_agent.shell.words import N_

_NO_TASKBAR = N_(
    "The icon comes as soon as there is a taskbar; in Task Manager, run the new task “explorer”."
)
_NO_NOTES = N_(
    "Until notes can be shown the icon asks; if that lasts, restart Windows Explorer in Task Manager."
)

ADVICE = Advice(
    by_reason=(
        (
            "pynput",
            "refuses to set a hook",
            N_(
                "Security software may forbid it; the idle counter alone suffices:"
                " tray-agent set activity.source counter."
            ),
        ),
        (
            "pynput",
            "would not hear",
            N_("Windows may have taken its hooks away; others are set, and the idle counter sees all."),
        ),
        (
            "notifier",
            "buttons",
            N_("Answer prompts in the icon's menu; a click on the balloon starts the break."),
        ),
        (
            "notifier",
            "no tray icon",
            N_("Balloons come from the icon: start Tray Agent without --no-tray."),
        ),
        ("autostart", "startup apps", N_("Switch Tray Agent on in Task Manager, under Startup apps.")),
    ),
    by_state={
        ("tray", State.OK): N_(
            "You find the icon in the taskbar; Windows 11 hides new ones behind the arrow: drag it out,"
            " or use Settings > Personalisation > Taskbar > Other system tray icons."
        ),
        ("tray", State.ABSENT): _NO_TASKBAR,
        ("tray", State.LOST): _NO_TASKBAR,
        ("tray", State.DEGRADED): N_(
            "It is tried again each minute; if the icon stays away, restart Windows Explorer in Task Manager."
        ),
        ("notifier", State.ABSENT): _NO_NOTES,
        ("notifier", State.LOST): _NO_NOTES,
        ("notifier", State.DEGRADED): _NO_NOTES,
        ("notifier", State.DENIED): N_(
            "Switch on notifications, and those of Tray Agent, in Settings > System > Notifications;"
            " what your organisation has decided cannot be changed there."
        ),
        ("microphone", State.LOST): N_(
            "See that the service Windows Audio runs; until then the camera alone tells of calls."
        ),
        ("microphone", State.DEGRADED): N_(
            "Nothing is to be done: what Windows notes of its use stands in for it."
        ),
        ("player", State.ABSENT): N_("Nothing is missing: a video keeps the screen awake, which is noticed."),
        ("sharing", State.ABSENT): N_(
            "Calls are noticed anyway; before you share anything else, pause by hand: tray-agent pause 1h."
        ),
        ("fullscreen", State.DEGRADED): N_(
            "A window that fills the screen is noticed; before other presentations: tray-agent pause 1h."
        ),
        ("session", State.DEGRADED): N_(
            "It is tried again twice a minute; until then the idle time alone tells that you are away."
        ),
    },
)
"""The sentences, to be looked up by `words._`."""
