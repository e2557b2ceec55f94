"""Files that are there whole or not at all: written aside, forced to the disk, renamed."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CHUNK = 1 << 20
ASIDE = ".part"


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A place to write what becomes `path` when the block ends well; whatever happens, no part of it shows before.

    The name written to begins with a dot and ends with `.part`: no reader of the folder takes it for a finished file.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}{ASIDE}")
    try:
        yield aside
        with aside.open("rb+") as stream:
            os.fsync(stream.fileno())
        aside.replace(path)
        _sync_folder(path.parent)
    finally:
        aside.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Force a rename to the disk, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network file systems refuse
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Take away what killed runs left half-written. Only where no other run writes to `folder`."""
    for path in folder.rglob(f".*{ASIDE}"):
        path.unlink(missing_ok=True)


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
