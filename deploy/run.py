"""``make run``: the whole stack on this machine until Ctrl-C. ``--clean`` forgets what earlier runs kept."""

import sys

INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Run the stack; return the exit code."""
    try:
        # Imported here: it takes a second, in which Ctrl-C is no reason for a traceback either.
        from deploy.supervisor import supervise

        return supervise(start_over="--clean" in arguments)
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
