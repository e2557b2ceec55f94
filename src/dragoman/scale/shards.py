"""What is coded in one go: a shard is one file of many pages, or a handful of small files.

Inputs are folders, files, globs, `warc.paths` lists (also gzipped) and `s3://` or other addresses that fsspec opens.
"""

from __future__ import annotations

import glob
import gzip
import hashlib
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.pages import Failure
from dragoman.scale.files import digest

COMMON_CRAWL = "s3://commoncrawl/"
CONTAINERS = (".warc", ".wet", ".jsonl", ".ndjson", ".json", ".rss", ".atom", ".xml")
TOGETHER = 500  # small files in one shard
_REMOTE = re.compile(r"[a-z][a-z0-9+]+://", re.I)
_LIST = re.compile(r"\.paths(?:\.gz)?$", re.I)
_NAME = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Shard:
    """`files` in their order. `id` names the shard in file names: readable, and unlike any other's."""

    id: str
    files: tuple[str, ...]

    @property
    def source(self) -> str:
        """What to call it in messages."""
        return self.files[0] if len(self.files) == 1 else f"{self.files[0]} … {self.files[-1]}"

    @property
    def remote(self) -> bool:
        """Whether it must be fetched first."""
        return is_remote(self.files[0])

    def state(self) -> tuple[int, int]:
        """(bytes, time of the last change in ns) of all files; a cheap sign that nothing changed. Raises OSError."""
        if self.remote:
            return _remote_state(self.files[0])
        stats = [Path(f).stat() for f in self.files]
        return sum(s.st_size for s in stats), max(s.st_mtime_ns for s in stats)

    def digest(self, local: Sequence[Path]) -> str:
        """SHA-256 over the contents and names of the files, which lie at `local`."""
        total = hashlib.sha256()
        for name, path in zip(self.files, local, strict=True):
            total.update(f"{name}\0{digest(path)}\n".encode())
        return total.hexdigest()


def is_remote(path: str) -> bool:
    """Whether `path` is an address and not a file of this machine."""
    return bool(_REMOTE.match(path)) and not path.lower().startswith("file:")


def shards(paths: Sequence[str | Path], base: str | None = None) -> tuple[list[Shard], list[Failure]]:
    """The shards of what a user points at, in order, and what could not be taken.

    A file given twice is taken once. `base` is put before the relative lines of a `warc.paths` list; without it they
    are looked for beside the list and, where they are not there, in Common Crawl's bucket.
    """
    found: list[Shard] = []
    failures: list[Failure] = []
    seen: set[str] = set()
    small: list[str] = []

    def put(file: str) -> None:
        identity = file if is_remote(file) else str(Path(file).resolve())
        if identity in seen:
            failures.append(Failure(file, None, "the file was given twice and is coded once"))
            return
        seen.add(identity)
        if is_remote(file) or _holds_many(file):
            found.append(_shard((file,)))
        else:
            small.append(file)

    for path in paths:
        for item in _inputs(str(path), base):
            if isinstance(item, Failure):
                failures.append(item)
            else:
                put(item)
    found.extend(_shard(tuple(small[i : i + TOGETHER])) for i in range(0, len(small), TOGETHER))
    return found, failures


def _shard(files: tuple[str, ...]) -> Shard:
    """A shard; its id is made of its first file's name and a digest of all names, so equal names in two folders
    differ."""
    name = files[0].rstrip("/").rpartition("/")[2]
    for ending in (".gz", ".warc", ".jsonl", ".html", ".txt"):
        name = name.removesuffix(ending)
    mark = hashlib.blake2b("\n".join(files).encode("utf-8", "surrogateescape"), digest_size=5).hexdigest()
    return Shard(f"{_NAME.sub('-', name)[:60].strip('.-') or 'shard'}-{mark}", files)


def _holds_many(file: str) -> bool:
    name = file.lower().removesuffix(".gz")
    return name.endswith(CONTAINERS)


def _inputs(path: str, base: str | None) -> Iterator[str | Failure]:
    if _LIST.search(path):
        yield from _listed(path, base)
    elif is_remote(path):
        yield from _remote_inputs(path)
    else:
        files = list(_local_inputs(path))
        yield from files
        if not files:
            yield Failure(path, None, "no such file, folder or glob")


def _local_inputs(path: str) -> Iterator[str]:
    found = Path(path)
    if found.is_dir():
        for inner in sorted(found.rglob("*")):
            if inner.is_file() and not any(part.startswith(".") for part in inner.relative_to(found).parts):
                yield str(inner)
    elif found.exists():
        yield path
    else:
        for match in sorted(glob.glob(path, recursive=True)):  # noqa: PTH207 - pathlib cannot glob absolute patterns
            yield from _local_inputs(match)


def _listed(path: str, base: str | None) -> Iterator[str | Failure]:
    """The files that a `warc.paths` list names."""
    try:
        with opened(path) as stream:
            raw = stream.read()
        lines = (gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw).decode("utf-8").split()
    except (OSError, EOFError, ValueError) as error:
        yield Failure(path, None, f"the list cannot be read: {error}")
        return
    if not lines:
        yield Failure(path, None, "the list holds no record")
    for line in lines:
        beside = Path(path).parent / line
        if is_remote(line) or line.startswith("/"):
            yield line
        elif base is not None:
            yield base.rstrip("/") + "/" + line
        elif not is_remote(path) and beside.is_file():
            yield str(beside)
        else:
            yield COMMON_CRAWL + line


def _remote_inputs(path: str) -> Iterator[str | Failure]:
    """A remote file, or everything under a remote folder."""
    if not path.endswith("/") and "*" not in path:
        yield path
        return
    try:
        system, where = _filesystem(path)
        names = sorted(system.glob(where) if "*" in where else system.find(where))
    except OSError as error:
        yield Failure(path, None, f"cannot be opened: {error}")
        return
    yield from (system.unstrip_protocol(name) for name in names)
    if not names:
        yield Failure(path, None, "no such file or folder")


def _filesystem(path: str) -> tuple[Any, str]:
    """An fsspec file system and the path in it. Raises ModuleNotFoundError saying what to install."""
    try:
        import fsspec

        options = {"anon": True} if path.startswith(COMMON_CRAWL) else {}
        system, where = fsspec.core.url_to_fs(path, **options)
    except ImportError as error:
        raise ModuleNotFoundError(f"Reading {path} needs fsspec and s3fs: pip install 'dragoman[s3]'.") from error
    return system, where


def _remote_state(path: str) -> tuple[int, int]:
    system, where = _filesystem(path)
    information = system.info(where)
    version = str(information.get("ETag") or information.get("mtime") or information.get("LastModified") or "")
    return int(information["size"]), int(hashlib.blake2b(version.encode(), digest_size=6).hexdigest(), 16)


@contextmanager
def opened(path: str) -> Iterator[Any]:
    """A stream of bytes of a local or remote file."""
    if is_remote(path):
        system, where = _filesystem(path)
        with system.open(where, "rb") as stream:
            yield stream
    else:
        with Path(path).open("rb") as stream:
            yield stream


def fetch(path: str, to: Path) -> None:
    """Copy a remote file to a local one. Raises OSError."""
    with opened(path) as source, to.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
