"""The README's table of metrics is the metrics that there are, and its table of limits those that are told."""

import re
from pathlib import Path

from prometheus_client.metrics import MetricWrapperBase

import services.classifier
from schemas.words import Limit
from services.chassis.dead_letters import DEAD_LETTERS
from services.classifier import telemetry

README = Path(services.classifier.__file__).with_name("README.md").read_text()


def section(title: str) -> str:
    return README.split(f"## {title}\n")[1].split("\n## ")[0]


def test_the_readme_lists_every_metric_with_its_labels() -> None:
    cells = re.findall(r"^\| (`.+?`) \|", section("Metrics"), re.MULTILINE)
    listed = {name for cell in cells for name in re.findall(r"`(\w+(?:\{[\w,]+\})?)`", cell)}
    ours = [metric for metric in (*vars(telemetry).values(), DEAD_LETTERS) if isinstance(metric, MetricWrapperBase)]

    assert listed == {_shown(metric) for metric in ours}


def _shown(metric: MetricWrapperBase) -> str:
    name = f"{metric._name}_total" if metric._type == "counter" else metric._name
    return f"{name}{{{','.join(metric._labelnames)}}}" if metric._labelnames else name


def test_the_readme_lists_every_limit_and_each_is_counted_from_zero() -> None:
    cells = re.findall(r"^\| (`.+?`) \|", section("Limits of one article"), re.MULTILINE)
    listed = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    counted = {sample.labels["what"] for family in telemetry.CAPPED.collect() for sample in family.samples}

    assert listed == {str(limit) for limit in Limit} == counted
