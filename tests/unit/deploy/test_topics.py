"""What the topic creator holds against a cluster."""

import pytest

from deploy.topics import differences_of, wanted_config
from schemas.topic import Topic


def a_topic(**changes: object) -> Topic:
    fields: dict = {
        "name": "news.article.v1",
        "key": "any",
        "clean_up": "delete",
        "value": None,
        "writers": (),
        "readers": (),
        "config": {},
    }
    return Topic(**{**fields, **changes})


def test_a_compacted_topic_has_no_retention() -> None:
    assert wanted_config(a_topic(clean_up="compact")) == {"cleanup.policy": "compact"}


def test_a_topic_that_is_both_has_a_retention_and_its_own_settings() -> None:
    topic = a_topic(clean_up="compact,delete", retention_ms=5, config={"min.insync.replicas": "2"})

    assert wanted_config(topic) == {"cleanup.policy": "compact,delete", "retention.ms": "5", "min.insync.replicas": "2"}


@pytest.mark.parametrize(
    ("partitions", "config", "different"),
    [
        pytest.param(8, {"cleanup.policy": "delete", "retention.ms": "5"}, [], id="as in the catalogue"),
        pytest.param(3, {"cleanup.policy": "delete", "retention.ms": "5"}, ["partitions"], id="partitions"),
        pytest.param(8, {"cleanup.policy": "compact", "retention.ms": "5"}, ["cleanup.policy"], id="clean-up"),
        pytest.param(8, {"cleanup.policy": "delete", "retention.ms": "6"}, ["retention.ms"], id="retention"),
        pytest.param(8, {"cleanup.policy": "delete"}, ["retention.ms"], id="a setting that the cluster does not tell"),
        pytest.param(
            8, {"cleanup.policy": "delete", "retention.ms": "5", "min.insync.replicas": "2"}, [], id="settings of the operator's own"
        ),
    ],
)
def test_differences_are_told_by_name(partitions: int, config: dict[str, str], different: list[str]) -> None:
    found = differences_of(a_topic(retention_ms=5), partitions=partitions, config=config)

    assert [difference.what for difference in found] == different


def test_the_order_of_clean_up_policies_is_no_difference() -> None:
    topic = a_topic(clean_up="compact,delete", retention_ms=5)

    assert differences_of(topic, partitions=8, config={"cleanup.policy": "delete,compact", "retention.ms": "5"}) == []
