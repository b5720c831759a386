"""One record at a time off a Faust stream: decoded, handled, or set aside so that the partition goes on."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import ValidationError

from services.chassis.dead_letters import DeadLetters

log = logging.getLogger(__name__)

Handler = Callable[[Any], Awaitable[None]]


def message_headers(message: Any) -> list[tuple[str, bytes]]:
    """Return a Faust message's headers as pairs."""
    headers = message.headers or ()
    return list(headers.items()) if isinstance(headers, dict) else list(headers)


async def handle_or_set_aside(event: Any, handle: Handler, dead_letters: DeadLetters) -> None:
    """Handle one event. What cannot be read, or makes the handler raise, goes to the dead-letter topic of its topic.

    Faust counts a record as done when the agent raises and would lose it; so nothing but cancellation leaves here.
    """
    message = event.message
    try:
        await handle(event)
    except Exception as error:
        reason = "unreadable" if isinstance(error, ValidationError) else "failed"
        if reason == "failed":
            log.exception("record.failed", extra={"topic": message.topic, "offset": message.offset})
        await dead_letters.set_aside(
            error,
            topic=message.topic,
            partition=message.partition,
            offset=message.offset,
            key=message.key,
            value=message.value,
            headers=message_headers(message),
            reason=reason,
        )
