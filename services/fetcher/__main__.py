"""Starts the fetcher: reads the settings, sets up logging and signals, runs the app."""

import asyncio
import logging

from services.chassis.logs import set_up_logging
from services.chassis.runtime import until_stopped
from services.fetcher.app import run
from services.fetcher.settings import FetcherSettings


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    settings = FetcherSettings.from_environment()
    set_up_logging(level=settings.log_level, log_format=settings.log_format)
    logging.getLogger(__name__).info("settings.read", extra=settings.model_dump(mode="json"))
    asyncio.run(until_stopped(lambda stop: run(settings, stop)))


if __name__ == "__main__":
    main()
