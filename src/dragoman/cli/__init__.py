"""The `dragoman` command: a thin shell over the Python API. Nothing can be done here that the API cannot."""

from __future__ import annotations

import sys

INTERRUPTED = 130  # what shells give for Ctrl-C: 128 + SIGINT


def main() -> None:
    """Run the command line; exits with 0 done, 1 some inputs failed, 2 wrong usage, 130 interrupted."""
    try:
        from dragoman.cli.app import app

        app(prog_name="dragoman")
    except KeyboardInterrupt:
        _interrupted()
    except SystemExit as done:
        if done.code == INTERRUPTED:  # the command line's own way of passing Ctrl-C on
            _interrupted()
        raise


def _interrupted() -> None:
    print("dragoman: interrupted. A record keeps what it took in; run the command again to go on.", file=sys.stderr)
    raise SystemExit(INTERRUPTED)
