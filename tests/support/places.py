"""Where the checkout is, for tests that run on every system."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
