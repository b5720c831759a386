from pathlib import Path
from typing import Any

import pytest
import yaml

from services.alerter.settings import AlerterSettings
from services.chassis.settings import ServiceSettings
from services.classifier.settings import ClassifierSettings
from services.fetcher.settings import FetcherSettings

SERVICES: dict[str, Any] = yaml.safe_load((Path(__file__).parents[3] / "deploy" / "compose.yaml").read_text())["services"]
OURS = sorted(set(SERVICES) - {"kafka"})


def test_every_port_is_open_to_this_machine_alone() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]

    assert ports
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


@pytest.mark.parametrize("name", OURS)
def test_what_is_ours_can_neither_write_nor_gain_rights(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize(
    ("name", "settings"), [("fetcher", FetcherSettings), ("classifier", ClassifierSettings), ("alerter", AlerterSettings)]
)
def test_every_variable_that_is_passed_on_is_a_setting_of_the_service(name: str, settings: type[ServiceSettings]) -> None:
    prefix = f"{name.upper()}_"
    passed = {variable for variable in SERVICES[name]["environment"] if variable.startswith(prefix)}

    assert passed <= {f"{prefix}{field}".upper() for field in settings.model_fields}


def test_the_demo_is_a_profile_and_nothing_else_is() -> None:
    assert {name: service["profiles"] for name, service in SERVICES.items() if "profiles" in service} == {
        "demo": ["demo"], "demo-loader": ["demo"],
    }  # fmt: skip
