"""What is coded in one go: a shard is one file of many pages, or a handful of small files.

Inputs are folders, files, globs, `warc.paths` lists (also gzipped) and `s3://` and other addresses.
"""

from __future__ import annotations

import glob
import gzip
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.pages import Failure
from dragoman.scale import remote
from dragoman.scale.files import digest
from dragoman.scale.remote import is_remote

CONTAINERS = (".warc", ".wet", ".jsonl", ".ndjson", ".json", ".rss", ".atom", ".xml")
TOGETHER = 500  # small files in one shard
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
            return remote.state(self.files[0])
        stats = [Path(f).stat() for f in self.files]
        return sum(s.st_size for s in stats), max(s.st_mtime_ns for s in stats)

    def digest(self, local: Sequence[Path]) -> str:
        """SHA-256 over the contents and names of the files, which lie at `local`."""
        total = hashlib.sha256()
        for name, path in zip(self.files, local, strict=True):
            total.update(f"{name}\0{digest(path)}\n".encode())
        return total.hexdigest()


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
        raw = _read(path)
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
            yield remote.COMMON_CRAWL + line


def _read(path: str) -> bytes:
    """All bytes of a local or remote file. Raises OSError."""
    if not is_remote(path):
        return Path(path).read_bytes()
    with remote.opened(path) as stream:
        return bytes(stream.read())


def _remote_inputs(path: str) -> Iterator[str | Failure]:
    """A remote file, everything under a remote folder, or what matches a pattern."""
    try:
        found = remote.listed(path)
    except OSError as error:
        yield Failure(path, None, f"cannot be opened: {error}")
        return
    yield from found
    if not found:
        yield Failure(path, None, "no such file or folder")
