"""What macOS starts when the app is opened, at login as well: without a verb it runs the agent."""

import sys

from tray_agent.cli import main

sys.exit(main(sys.argv[1:] or ["run"]))
