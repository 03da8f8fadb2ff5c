"""The icon in the menu bar."""

from tests.support.macos import trays

MAKERS = trays.MAKERS
