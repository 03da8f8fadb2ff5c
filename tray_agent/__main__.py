"""`python3 -m tray_agent` is `tray-agent`."""

from __future__ import annotations

import sys

from tray_agent.cli import main

if __name__ == "__main__":
    # Without a Python of its own, an installed program starts itself once more for each core of `lab`.
    if any("multiprocessing" in word for word in sys.argv[1:]):
        import multiprocessing

        multiprocessing.freeze_support()
    sys.exit(main())
