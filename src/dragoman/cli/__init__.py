"""The `dragoman` command: a thin shell over the Python API. Nothing can be done here that the API cannot."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line; exits with 0 done, 1 some inputs failed, 2 wrong usage."""
    from dragoman.cli.app import app

    try:
        app(prog_name="dragoman")
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
