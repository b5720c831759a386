"""The README's table of metrics is the metrics that there are."""

import re
from pathlib import Path

from prometheus_client.metrics import MetricWrapperBase

import services.alerter
from services.alerter import telemetry

README = Path(services.alerter.__file__).with_name("README.md")


def test_the_readme_lists_every_metric_with_kind_and_labels() -> None:
    table = re.findall(r"^\| `(claimwatch_alerter_\w+)` \| (\w+) \| (\w*) *\|", README.read_text(), re.MULTILINE)
    ours = [metric for metric in vars(telemetry).values() if isinstance(metric, MetricWrapperBase)]

    expected = {(_full_name(metric), metric._type, ", ".join(metric._labelnames)) for metric in ours}

    assert set(table) == expected


def _full_name(metric: MetricWrapperBase) -> str:
    return f"{metric._name}_total" if metric._type == "counter" else metric._name


def test_label_values_are_there_from_the_start() -> None:
    seen = {
        sample.labels["outcome"] for family in telemetry.DELIVERIES.collect() for sample in family.samples if sample.name.endswith("_total")
    }

    assert seen == {"delivered", "given_up", "dead"}
