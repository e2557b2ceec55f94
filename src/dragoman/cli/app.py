"""The commands. Each parses its options, calls one function of the API and prints what comes back."""

from dragoman.cli import coding, asking, judging, keeping, trying, serving, knowing  # noqa: F401, I001 - each adds its commands, in the order of --help
from dragoman.cli.root import app

__all__ = ["app"]
