"""Starts the classifier: ``python -m services.classifier``."""

import asyncio

from services.chassis.logs import set_up_logging
from services.chassis.runtime import until_stopped
from services.classifier.adapters.english_parser import load_reader
from services.classifier.app import Classifier
from services.classifier.settings import ClassifierSettings


def main() -> None:
    """Read the settings and run until told to stop."""
    settings = ClassifierSettings.from_environment()
    set_up_logging(level=settings.log_level, log_format=settings.log_format)

    async def run(stop: asyncio.Event) -> None:
        await Classifier(settings, load_reader(settings.reader)).run(stop)

    asyncio.run(until_stopped(run))


if __name__ == "__main__":
    main()
