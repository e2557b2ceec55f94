"""The `dragoman` command: a thin shell over the Python API. Nothing can be done here that the API cannot."""

from __future__ import annotations


def main() -> None:
    """Run the command line; exits with 0 done, 1 some inputs failed, 2 wrong usage."""
    from dragoman.cli.app import app

    app(prog_name="dragoman")
