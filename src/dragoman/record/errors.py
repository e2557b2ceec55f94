"""What can go wrong with a record, said so that a user can act on it."""

from __future__ import annotations

from pathlib import Path


class RecordError(Exception):
    """A record cannot be opened, read or written; the message names the file and what to do."""


class NotARecord(RecordError):  # noqa: N818 - a state of the file, read as a sentence
    """The file exists but Dragoman did not make it."""


class NewerRecord(RecordError):  # noqa: N818
    """The file was made by a newer Dragoman."""


class ReadOnlyRecord(RecordError):  # noqa: N818
    """The file or its folder cannot be written."""


class OlderRecord(ReadOnlyRecord):
    """The file has an older schema and was opened for reading only; `backup` is where a copy is kept when it is
    brought up to date.
    """

    def __init__(self, path: Path, version: int, writable: bool) -> None:
        self.version, self.backup = version, backup_of(path, version)
        what = f"bring it up to date with: dragoman doctor --record {path}" if writable else "make it writable first"
        super().__init__(f"{path} has the older schema {version}; {what} (a copy is kept as {self.backup}).")


def backup_of(path: Path, version: int) -> Path:
    """Where a record of this schema is kept when it is brought up to date."""
    return path.with_name(f"{path.name}.v{version}.bak")


class RecordBusy(RecordError):  # noqa: N818
    """Another process is writing and did not finish in time."""


class RecordTooSlow(RecordError):  # noqa: N818
    """A question was given up when its time was over."""


class UnknownEvent(RecordError, KeyError):  # noqa: N818
    """No event has this id."""

    def __str__(self) -> str:
        return str(self.args[0])


class FilterError(RecordError, ValueError):
    """A question to a record names something that cannot be asked; `field` is the part of it that is wrong."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
