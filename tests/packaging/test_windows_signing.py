"""Programs and packages signed by a certificate of one's own, made for the test."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from installers.windows import msi, sign
from tests.support import msi_frozen
from tests.support.msi_machine import Machine


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A command that signs, and the certificate to verify with."""
    folder = tmp_path_factory.mktemp("certificate")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=Tray Agent test", "-addext", "extendedKeyUsage=codeSigning"),
            *("-keyout", f"{key}", "-out", f"{certificate}"),
        ],
        check=True,
        capture_output=True,
    )
    return f"osslsigncode sign -certs {certificate} -key {key} -h sha256 -in {{in}} -out {{out}}", certificate


def is_good(file: Path, certificate: Path) -> bool:
    command = ["osslsigncode", "verify", "-ignore-cdp", "-CAfile", f"{certificate}", "-in", f"{file}"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_what_is_signed_verifies_and_still_runs(signer: tuple[str, Path], tmp_path: Path) -> None:
    command, certificate = signer
    program = shutil.copytree(msi_frozen.frozen(), tmp_path / "program")
    theirs = [each for each in program.rglob("python3*.dll") if sign.is_signed(each)]
    assert theirs
    before = {each: each.read_bytes() for each in theirs}
    assert sign.main(["--command", command, f"{program}"]) == 0
    assert not [*sign.unsigned(program)]
    assert {each: each.read_bytes() for each in theirs} == before
    for name in ("TrayAgent.exe", "tray-agent.exe", "tray-agent-sessions.exe"):
        assert is_good(program / name, certificate)
        assert not is_good(msi_frozen.frozen() / name, certificate)
    package = msi.build(program, tmp_path)
    assert not is_good(package, certificate)
    assert sign.main(["--command", command, f"{package}"]) == 0
    assert is_good(package, certificate)
    with Machine() as machine:
        assert machine.install(package) == 0, machine.log
        done = machine.run("tray-agent.exe", "doctor", "--selftest")
        assert done.returncode == 0, done
