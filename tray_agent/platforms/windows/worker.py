"""The thread for questions to Windows that may have to wait for an answer, such as those about sound."""

from __future__ import annotations

import sys

from tray_agent.platforms.questions import Questions
from tray_agent.platforms.windows.com import apartment
from tray_agent.ports import Loop

assert sys.platform == "win32"


class Worker(Questions[OSError]):
    """Asks in an apartment of COM; an `OSError` is an answer too."""

    def __init__(self, loop: Loop) -> None:
        super().__init__(loop, OSError, throughout=apartment)
