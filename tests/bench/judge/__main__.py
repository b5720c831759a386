"""``make bench-judge``: readings judged a second through real Kafka with many claims, and one hot claim with many readings.

    python -m tests.bench.judge [--claims 100000] [--readings 30000] [--pieces 10000] [--out results.json] [--plot hot.svg]

The classifier runs as a process of its own. Readings are written to their topic all at once; the rate is from the first to the last one
judged, the rate per CPU second that of the classifier's process alone.
"""

import argparse
import asyncio
import json
import logging
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
from aiokafka import AIOKafkaProducer

from deploy.kafka_local import LocalKafka
from deploy.topics import ensure_topics
from schemas import claims_evidence, claims_watch
from tests.bench.judge import hot_claim
from tests.bench.judge.invented import claim, readings
from tests.harness.stack import ServiceProcess, Stack

READY_TIMEOUT_S = 600
RATE_GOAL, GROWTH_GOAL = 1_000, 1.5


async def _metric(client: httpx.AsyncClient, port: int, name: str) -> float:
    text = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


async def _until(client: httpx.AsyncClient, service: ServiceProcess, name: str, value: float, *, timeout_s: float) -> float:
    """Return once a metric has reached a value: the moment."""
    deadline = time.perf_counter() + timeout_s
    while await _metric(client, service.port, name) < value:
        if time.perf_counter() > deadline:
            raise TimeoutError(f"{name} has not reached {value:.0f} in {timeout_s} s:\n{service.last_words()}")
        await asyncio.sleep(0.1)
    return time.perf_counter()


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _memory_mb(pid: int) -> int:
    return int(next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS")).split()[1]) // 1024


async def _write(bootstrap: str, topic: str, records: Any) -> int:
    count = 0
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, linger_ms=20, max_batch_size=256_000) as producer:
        for key, record in records:
            await producer.send(topic, value=record.model_dump_json(by_alias=True).encode(), key=key.encode())
            count += 1
        await producer.flush()
    return count


async def through_kafka(folder: Path, number_of_claims: int, number_of_readings: int) -> dict[str, Any]:
    """Return how fast the running classifier judges readings that are spread over all claims."""
    kafka = LocalKafka(folder / "kafka")
    await asyncio.to_thread(kafka.start)
    service = Stack(folder / "stack", kafka.bootstrap).services["classifier"]
    try:
        await ensure_topics(kafka.bootstrap)
        await _write(kafka.bootstrap, claims_watch.TOPIC.name, ((f"claim-{n}", claim(n)) for n in range(number_of_claims)))
        async with httpx.AsyncClient(trust_env=False) as client:
            service.start()
            while not await service._is_ready(client):
                if service.process is None or service.process.poll() is not None:
                    raise RuntimeError(f"the classifier has ended:\n{service.last_words()}")
                await asyncio.sleep(0.5)
            await _until(client, service, "classifier_dues_total", number_of_claims, timeout_s=READY_TIMEOUT_S)
            return await _rate(kafka.bootstrap, client, service, number_of_claims, number_of_readings)
    finally:
        await asyncio.to_thread(service.stop)
        await asyncio.to_thread(kafka.stop)


async def _rate(bootstrap: str, client: httpx.AsyncClient, service: ServiceProcess, claims: int, count: int) -> dict[str, Any]:
    drawn, pid = random.Random(1), service.process.pid if service.process else 0
    made = [next(readings(f"claim-{drawn.randrange(claims)}", 1, origins=30, seed=number)) for number in range(count)]
    cpu, started = _cpu_s(pid), time.perf_counter()
    writing = asyncio.create_task(_write(bootstrap, claims_evidence.TOPIC.name, ((one.claim_id, one) for one in made)))
    ended = await _until(client, service, 'classifier_readings_total{outcome="judged"}', count, timeout_s=READY_TIMEOUT_S)
    await writing
    took, spent = ended - started, _cpu_s(pid) - cpu
    return {
        "claims": claims, "readings": count, "per_s": round(count / took), "per_cpu_s": round(count / spent),
        "memory_mb": _memory_mb(pid), "goal_per_cpu_s": RATE_GOAL, "reached": count / spent >= RATE_GOAL,
    }  # fmt: skip


def _hot(pieces: int, plot: Path | None) -> dict[str, Any]:
    slices = hot_claim.measure(pieces)
    if plot:
        hot_claim.plot(slices, plot)
    return {"slices": slices, "growth": round(hot_claim.growth(slices), 2), "goal_growth": GROWTH_GOAL}


def main() -> int:
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what it says while a new broker finds its feet is no figure
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    parser = argparse.ArgumentParser(prog="make bench-judge", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--readings", type=int, default=30_000)
    parser.add_argument("--pieces", type=int, default=10_000, help="readings of the hot claim")
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    parser.add_argument("--plot", type=Path, help="draw the hot claim's cost as SVG")
    options = parser.parse_args()
    hot = _hot(options.pieces, options.plot)
    sizes = [hot_claim.bytes_per_claim(articles) for articles in (1, 10, 100)]
    print(json.dumps({"hot_claim": hot, "bytes_per_claim": sizes}))
    folder = Path(tempfile.mkdtemp(prefix="claimwatch-bench-"))
    try:
        rate = asyncio.run(through_kafka(folder, options.claims, options.readings))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps({"through_kafka": rate}))
    if options.out:
        options.out.write_text(json.dumps({"hot_claim": hot, "bytes_per_claim": sizes, "through_kafka": rate}, indent=1) + "\n")
    return 0 if rate["reached"] and hot["growth"] <= GROWTH_GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
