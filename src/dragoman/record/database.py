"""Opening the SQLite file of a record: pragmas, versions, migrations, and errors in words."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from dragoman.record.errors import (
    NewerRecord,
    NotARecord,
    OlderRecord,
    ReadOnlyRecord,
    RecordBusy,
    RecordError,
    RecordTooSlow,
    backup_of,
)

APPLICATION_ID = 0x44524147  # "DRAG", in the file's header
BUSY_SECONDS = 30.0
CACHE_MIB = 64  # of the database's pages, kept by each connection


def migrations() -> dict[int, str]:
    """The shipped migrations: version reached -> SQL script. Version 1 is schema.sql itself.

    Raises ValueError where two files have one number.
    """
    scripts = {1: resources.files(__package__).joinpath("schema.sql").read_text("utf-8")}
    folder = resources.files(__package__).joinpath("migrations")
    for entry in folder.iterdir() if folder.is_dir() else ():
        if match := re.fullmatch(r"(\d+)_\w+\.sql", entry.name):
            if int(match[1]) in scripts:
                raise ValueError(f"{entry.name}: another migration leads to version {int(match[1])}; number it anew.")
            scripts[int(match[1])] = entry.read_text("utf-8")
    return dict(sorted(scripts.items()))


def connect(
    path: Path,
    *,
    readonly: bool = False,
    busy_seconds: float = BUSY_SECONDS,
    scripts: Mapping[int, str] | None = None,
    cache_mib: int = CACHE_MIB,
) -> sqlite3.Connection:
    """Open the record at `path`, made if it isn't there and brought up to the newest schema, with a backup
    first.

    Raises NotARecord, NewerRecord, ReadOnlyRecord, RecordBusy or RecordError, each naming the file.
    """
    scripts = migrations() if scripts is None else scripts
    exists = path.exists() and path.stat().st_size > 0
    if path.is_dir():
        raise RecordError(f"{path} is a folder; give the name of a record file, for instance {path / 'record.db'}.")
    if readonly and not exists:
        raise RecordError(f"There is no record at {path}.")
    if not path.parent.is_dir():
        raise RecordError(f"The folder {path.parent} does not exist; make it first.")
    if exists and not readonly and not os.access(path, os.W_OK):
        readonly = True
    with explained(path):
        mode = "ro" if readonly else "rwc"
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=busy_seconds
        )
    try:
        with explained(path):
            connection.execute(f"PRAGMA cache_size = {-1024 * cache_mib}")
            _prepare(connection, path, readonly, exists, scripts)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(
    connection: sqlite3.Connection, path: Path, readonly: bool, exists: bool, scripts: Mapping[int, str]
) -> None:
    newest = max(scripts)
    if exists:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if application != APPLICATION_ID and (application or tables):
            raise NotARecord(f"{path} is a SQLite file, but not a Dragoman record; choose another file.")
    version = schema_version(connection)
    if version > newest:
        raise NewerRecord(
            f"{path} has schema {version}, this Dragoman knows up to {newest}; upgrade Dragoman to open it."
        )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    if readonly:
        if version < newest:
            raise OlderRecord(path, version, os.access(path, os.W_OK))
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    if version < newest:
        _migrate(connection, path, scripts)


def _migrate(connection: sqlite3.Connection, path: Path, scripts: Mapping[int, str]) -> None:
    """Run the missing scripts in one transaction; a record that holds data is copied beside itself first."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = schema_version(connection)  # another process may have migrated while we waited
        missing = [v for v in scripts if v > version]
        if version and missing:
            connection.execute("COMMIT")
            _backup(connection, backup_of(path, version))
            connection.execute("BEGIN IMMEDIATE")
            missing = [v for v in scripts if v > schema_version(connection)]
        for v in missing:
            for statement in statements(scripts[v]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {v}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _backup(connection: sqlite3.Connection, to: Path) -> None:
    to.unlink(missing_ok=True)
    copy = sqlite3.connect(to)
    try:
        connection.backup(copy)
    finally:
        copy.close()


def statements(script: str) -> Iterator[str]:
    """The statements of a SQL script one by one (triggers kept whole), so that they can run in one transaction."""
    buffer = ""
    for line in script.splitlines(keepends=True):
        if not buffer and (not line.strip() or line.lstrip().startswith("--")):
            continue
        buffer += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(buffer):
            yield buffer
            buffer = ""
    if buffer.strip():
        yield buffer


def schema_version(connection: sqlite3.Connection) -> int:
    """The schema version that the file says it has; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into sentences that name the file and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(path, error) from error


def _explain(path: Path, error: sqlite3.Error) -> RecordError:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name == "SQLITE_NOTADB":
        return NotARecord(f"{path} is not a Dragoman record, nor any SQLite file; choose another file.")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return RecordBusy(f"Another process is writing to {path} and did not finish in time; wait for it or stop it.")
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM")) or "readonly" in str(error):
        return ReadOnlyRecord(f"{path} cannot be written; make the file and its folder writable, or copy it elsewhere.")
    if name == "SQLITE_INTERRUPT":
        return RecordTooSlow(f"The answer from {path} took too long and was given up; ask for less.")
    if name == "SQLITE_FULL" or "IOERR_WRITE" in name:
        return RecordError(
            f"The disk is full while writing {path}; what was acknowledged is safe. Free space and rerun."
        )
    if name.startswith("SQLITE_CORRUPT"):
        return RecordError(f"{path} is damaged ({error}); run `dragoman doctor --record {path}` or restore a backup.")
    if name.startswith("SQLITE_CANTOPEN"):
        return RecordError(f"{path} cannot be opened ({error}); check its folder and permissions.")
    return RecordError(f"{path}: {error} ({name or type(error).__name__}).")
