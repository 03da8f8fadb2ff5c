import os

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="session")
def app() -> QApplication:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    running = QApplication.instance() or QApplication([])
    assert isinstance(running, QApplication)
    return running
