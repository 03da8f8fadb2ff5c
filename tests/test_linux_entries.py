"""What packages for Linux install beside the program."""

import importlib.util
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "installers" / "linux"


def test_generating_again_changes_no_byte() -> None:
    spec = importlib.util.spec_from_file_location("linux_entries", FOLDER / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    outputs: dict[Path, str] = module.outputs()
    assert set(outputs) == {path for path in FOLDER.iterdir() if path.suffix in (".desktop", ".service")}
    for path, text in outputs.items():
        assert path.read_text("utf-8") == text, f"run installers/linux/generate.py: {path.name} is stale"


def test_the_menu_entry_is_valid() -> None:
    entry = FOLDER / "org.trayagent.TrayAgent.desktop"
    done = subprocess.run(["desktop-file-validate", str(entry)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
