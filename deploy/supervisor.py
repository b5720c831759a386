"""One run from its checks to its end: starts the stack, keeps it going until it is told to stop, leaves nothing behind."""

import asyncio
import contextlib
import logging
import shutil
import signal
import sys
import time

from deploy.jars import resolve_jars
from deploy.layout import Layout, layout_from
from deploy.preflight import Leftovers, check_folder, check_ports, only_run, stop_other_run
from deploy.stack import Stack
from deploy.terminal import Terminal
from deploy.trouble import Trouble
from services.chassis.logs import JsonFormatter, RepeatFilter


def supervise(*, start_over: bool) -> int:
    """Run the stack; return the exit code.

    Args:
        start_over: Forget what earlier runs kept.
    """
    terminal = Terminal()
    try:
        layout = layout_from()
        if start_over:
            clean(layout, terminal)
        check_folder(layout.folder)
        with only_run(layout.folder):
            layout.logs.mkdir(exist_ok=True)
            _log_to_file(layout)
            if ended := Leftovers(layout.folder).end_earlier():
                terminal.say(f"ended {ended} processes that an earlier run had left behind")
            check_ports(layout)
            if not layout.bootstrap:
                resolve_jars(say=terminal.say)
            asyncio.run(run(layout, terminal))
    except Trouble as trouble:
        sys.stderr.write(f"run: {trouble}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"run: {error}; see that the disk has room and the folder can be written to\n")
        return 1
    return 0


def clean(layout: Layout, terminal: Terminal) -> None:
    """Remove what earlier runs kept; one that is going is stopped first."""
    if layout.folder.exists():
        stop_other_run(layout.folder)
        Leftovers(layout.folder).end_earlier()
        shutil.rmtree(layout.folder)
        terminal.say(f"removed {layout.folder}")


async def run(layout: Layout, terminal: Terminal) -> None:
    """Start everything, keep it going until SIGINT or SIGTERM, stop everything.

    Raises:
        Trouble: If a part does not come up, or fails for good.
    """
    stop = asyncio.Event()
    stack = Stack(layout, terminal)

    def ask_to_stop() -> None:
        if stop.is_set():
            stack.kill()  # asked twice
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, ask_to_stop)
    working = asyncio.ensure_future(_work(stack, layout, terminal))
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        began = time.monotonic()
        terminal.say("\nstopping")
        stopping.cancel()
        if not working.done():
            working.cancel()
        await asyncio.wait({working})
        await stack.stop()
        terminal.say(f"stopped after {time.monotonic() - began:.1f} s; make run goes on from here")
    with contextlib.suppress(asyncio.CancelledError):
        working.result()


async def _work(stack: Stack, layout: Layout, terminal: Terminal) -> None:
    began = time.monotonic()
    await stack.start()
    terminal.say(f"up after {time.monotonic() - began:.1f} s")
    terminal.say(f"  API      {layout.url('ALERTER_HTTP_PORT')}/docs")
    metrics = ", ".join(f"{layout.url(f'{name}_HTTP_PORT')}/metrics" for name in ("FETCHER", "CLASSIFIER", "ALERTER"))
    terminal.say(f"  metrics  {metrics}")
    terminal.say(f"  Kafka    {stack.bootstrap}")
    terminal.say(f"  logs     {layout.logs}")
    if layout.own and layout.own.webhook:
        terminal.say(f"  webhooks go to {layout.own.webhook}, signed with the secret in {layout.folder / 'webhook-secret'}")
    terminal.say("Ctrl-C stops it.")
    await stack.until_failure()


def _log_to_file(layout: Layout) -> None:
    """Keep what libraries log out of the terminal: it belongs to the story and to what a person has to know."""
    handler = logging.FileHandler(layout.logs / "supervisor.log")
    handler.setFormatter(JsonFormatter())
    handler.addFilter(RepeatFilter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
