"""What is checked before a run starts anything."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from deploy.layout import Layout
from deploy.preflight import Leftovers, check_folder, check_ports, only_run
from deploy.trouble import Trouble


def test_a_taken_port_is_told_with_the_variable_that_moves_it(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(Trouble, match=rf"port {port} is taken.*KAFKA_PORT="):
            check_ports(Layout(tmp_path, {"KAFKA_PORT": port}, "", None))


def test_a_port_on_all_addresses_is_taken_too(tmp_path: Path) -> None:
    with socket.create_server(("0.0.0.0", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(Trouble, match=f"port {port} is taken"):
            check_ports(Layout(tmp_path, {"KAFKA_PORT": port}, "", None))


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=5_000_000))

    with pytest.raises(Trouble, match="5 MB free"):
        check_folder(tmp_path)


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(Trouble, match="cannot write to"):
        check_folder(tmp_path / "file" / "folder")


def test_a_second_run_in_one_folder_is_refused_with_the_process_of_the_first(tmp_path: Path) -> None:
    with only_run(tmp_path), pytest.raises(Trouble, match=rf"running already \(process {os.getpid()}\)"), only_run(tmp_path):
        pass

    with only_run(tmp_path):
        pass


def test_what_a_killed_run_left_behind_is_ended(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        Leftovers(tmp_path).remember("fetcher", child.pid)

        ended = Leftovers(tmp_path).end_earlier()

        assert ended == 1
        assert child.wait(5) != 0
    assert Leftovers(tmp_path).end_earlier() == 0


def test_a_process_that_has_got_the_number_of_an_earlier_one_is_left_alone(tmp_path: Path) -> None:
    leftovers = Leftovers(tmp_path)
    leftovers.remember("fetcher", os.getpid())
    file = tmp_path / "pids.json"
    file.write_text(file.read_text().replace('"began": "', '"began": "1'))

    assert Leftovers(tmp_path).end_earlier() == 0
