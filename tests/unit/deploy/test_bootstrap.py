"""Setting up on a machine where something is missing: one line that says what, and what to do."""

import ast
from pathlib import Path

import pytest

from deploy import bootstrap


def test_an_old_python_can_read_the_file_and_so_say_that_it_is_too_old() -> None:
    source = Path(bootstrap.__file__).read_text()

    ast.parse(source, feature_version=(3, 7))


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("... after connection broken by 'NewConnectionError(...)'\nERROR: No matching distribution found for aiohttp==3", "no network"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not what the lock says"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] ...'", "not trusted here"),
        ("ERROR: No matching distribution found for aiohttp==3", "not to be had for this machine"),
        ("something new", "see "),
    ],
)
def test_what_pip_says_becomes_what_to_do(said: str, meaning: str) -> None:
    line = bootstrap.meaning_of(said, "packages")

    assert meaning in line
    assert "\n" not in line


def test_without_a_venv_module_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "python3"
    python.write_text('#!/bin/sh\n[ "$1" = -c ] && echo 3 12 || exit 1\n')
    python.chmod(0o755)
    monkeypatch.setattr(bootstrap, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(bootstrap, "LOG", str(tmp_path / "setup.log"))

    with pytest.raises(bootstrap.Refused, match="python3-venv"):
        bootstrap.make_venv(str(python))

    assert not (tmp_path / ".venv").exists()


def test_only_old_pythons_are_refused_by_their_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "version_of", lambda name: (3, 8) if name == "python3" else None)

    with pytest.raises(bootstrap.Refused, match=r"found only 3\.8"):
        bootstrap.find_python()


def test_a_second_set_up_is_done_until_a_lock_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", str(tmp_path))
    monkeypatch.setattr(bootstrap, "VENV", str(tmp_path / ".venv"))
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    (tmp_path / "requirements.lock").write_text("a==1\n")
    assert not bootstrap.is_done("run")

    Path(bootstrap.stamp("run")).write_text(bootstrap.fingerprint("run"))

    assert bootstrap.is_done("run")
    assert not bootstrap.is_done("dev")
    (tmp_path / "requirements.lock").write_text("a==2\n")
    assert not bootstrap.is_done("run")
