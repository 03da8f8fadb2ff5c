"""`python3 -m tray_agent` is `tray-agent`."""

from __future__ import annotations

import sys

from tray_agent.cli import main

if __name__ == "__main__":
    sys.exit(main())
