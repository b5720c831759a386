"""Settings of the classifier, from the environment; variables of its own begin with ``CLASSIFIER_``."""

from pathlib import Path
from typing import Literal

from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ServiceSettings

ReaderName = Literal["rules", "rules+model"]


class ClassifierSettings(ServiceSettings):
    """What the classifier can be told."""

    model_config = SettingsConfigDict(env_prefix="CLASSIFIER_")

    http_port: int = 8082
    """Port of health and metrics."""
    data_dir: Path = Path(".claimwatch/classifier")
    """Folder for what the stream engine keeps between runs; may be lost, all of it is rebuilt from Kafka."""
    reader: ReaderName = "rules"
    """What takes evidence from a text: rules over a parse, or the same with a trained second opinion; the README has what each gains."""
