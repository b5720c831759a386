"""Starts the alerter: ``python -m services.alerter``."""

import asyncio
import logging

from services.alerter.app import Alerter
from services.alerter.settings import AlerterSettings
from services.chassis.logs import set_up_logging
from services.chassis.runtime import until_stopped

log = logging.getLogger("services.alerter")


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    settings = AlerterSettings.from_environment()
    set_up_logging(level=settings.log_level, log_format=settings.log_format)
    alerter = Alerter(settings)
    log.info("alerter.starting", extra={**settings.shown(), "http_port": alerter.server.port})
    if settings.required_key() is None and not settings.is_on_loopback:
        log.warning("api.open_without_key", extra={"http_host": settings.http_host})
    asyncio.run(until_stopped(alerter.run))
    log.info("alerter.stopped")


if __name__ == "__main__":
    main()
