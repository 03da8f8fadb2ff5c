import errno
import os

import pytest

from tray_agent.shell.pipes import reader_left


def test_a_reader_that_left_is_told_from_other_faults() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with pytest.raises(OSError) as refused:
        os.write(write_end, b"x")
    os.close(write_end)
    assert reader_left(refused.value)
    with pytest.raises(OSError) as closed:
        os.write(write_end, b"x")
    assert not reader_left(closed.value)
    assert not reader_left(OSError(errno.ENOSPC, "full"))
