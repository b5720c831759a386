"""How long a service waits for a broker, and what it says when there is none."""

import socket
import time

import pytest

from services.chassis.kafka import wait_for_kafka


async def test_without_a_broker_the_start_ends_with_a_line_that_says_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers there
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        began = time.monotonic()

        with pytest.raises(SystemExit) as stop:
            await wait_for_kafka(address, timeout_s=0)

    assert str(stop.value) == f"kafka: no broker answers at {address}; start one there or set KAFKA_BOOTSTRAP"
    assert time.monotonic() - began < 10
