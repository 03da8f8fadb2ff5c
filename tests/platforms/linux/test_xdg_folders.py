from pathlib import Path

from tray_agent.platforms.linux import xdg_folders as xdg


def test_what_the_session_names_is_used() -> None:
    environ = {
        "XDG_CONFIG_HOME": "/a",
        "XDG_CONFIG_DIRS": "/b:/c",
        "XDG_DATA_HOME": "/d",
        "XDG_DATA_DIRS": "/e",
    }
    assert xdg.config_home(environ) == Path("/a")
    assert xdg.config_dirs(environ) == [Path("/b"), Path("/c")]
    assert xdg.data_home(environ) == Path("/d")
    assert xdg.data_dirs(environ) == [Path("/e")]


def test_else_what_the_specification_says() -> None:
    environ = {"HOME": "/h", "XDG_CONFIG_DIRS": ""}
    assert xdg.config_home(environ) == Path("/h/.config")
    assert xdg.config_dirs(environ) == [Path("/etc/xdg")]
    assert xdg.data_home(environ) == Path("/h/.local/share")
    assert xdg.data_dirs(environ) == [Path("/usr/local/share"), Path("/usr/share")]


def test_relative_folders_are_ignored() -> None:
    environ = {"HOME": "/h", "XDG_CONFIG_HOME": "conf", "XDG_DATA_DIRS": "share:/e:"}
    assert xdg.config_home(environ) == Path("/h/.config")
    assert xdg.data_dirs(environ) == [Path("/e")]
