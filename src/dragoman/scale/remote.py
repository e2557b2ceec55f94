"""Files at addresses: `s3://`, `gs://`, `abfs://` and `hdfs://` through Arrow, others through fsspec where it is there.

Keys, region and endpoint come from where the tools of each store look for them (for S3 the variables `AWS_…` and
`~/.aws`). Common Crawl's bucket is read without keys.
"""

from __future__ import annotations

import fnmatch
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dragoman.scale.schema import arrow

COMMON_CRAWL = "s3://commoncrawl/"
_HOME = "us-east-1"  # the region of Common Crawl's bucket
_ADDRESS = re.compile(r"[a-z][a-z0-9+]+://", re.I)
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
_SPECIAL = re.compile(r"[*?\[]")


def is_remote(path: str) -> bool:
    """Whether `path` is an address and not a file of this machine."""
    return bool(_ADDRESS.match(path)) and not path.lower().startswith("file:")


def listed(path: str) -> list[str]:
    """The file at an address; all files below it where it ends in `/`; those that match where it has `*`, in order.

    Raises OSError where the store cannot be asked.
    """
    glob = _SPECIAL.search(path)
    if glob is None and not path.endswith("/"):
        return [path]
    from pyarrow.fs import FileSelector, FileType

    system, where = _system(path)
    folder = where if glob is None else _SPECIAL.split(where, maxsplit=1)[0].rpartition("/")[0]
    found = system.get_file_info(FileSelector(folder.rstrip("/"), recursive=True, allow_not_found=True))
    scheme = path.partition("://")[0]
    names = sorted(f.path for f in found if f.type == FileType.File)
    return [f"{scheme}://{name}" for name in names if glob is None or fnmatch.fnmatchcase(name, where)]


def state(path: str) -> tuple[int, int]:
    """(bytes, a number that changes with the file) of what lies at an address. Raises OSError."""
    system, where = _system(path)
    [found] = system.get_file_info([where])
    if found.size is None:
        raise FileNotFoundError(f"there is no file at {path}")
    return int(found.size), int(hashlib.blake2b(str(found.mtime_ns).encode(), digest_size=6).hexdigest(), 16)


@contextmanager
def opened(path: str) -> Iterator[Any]:
    """A stream of the bytes at an address. Raises OSError."""
    system, where = _system(path)
    with system.open_input_stream(where, compression=None) as stream:
        yield stream


def fetch(path: str, to: Path) -> None:
    """Copy what lies at an address to a file. Raises OSError."""
    with opened(path) as source, to.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)


def _system(path: str) -> tuple[Any, str]:
    """Arrow's file system for an address, and the path in it. Raises ModuleNotFoundError saying what to install."""
    arrow()
    from pyarrow import fs, lib

    scheme, _, where = path.partition("://")
    if path.startswith(COMMON_CRAWL):
        return fs.S3FileSystem(anonymous=True, region=_HOME), where
    endpoint = next(filter(None, map(os.environ.get, _ENDPOINTS)), None)
    if scheme == "s3" and endpoint:
        return fs.S3FileSystem(endpoint_override=endpoint), where
    try:
        system, where = fs.FileSystem.from_uri(path)
    except lib.ArrowInvalid:  # a scheme that Arrow does not know
        try:
            import fsspec
        except ImportError as error:
            raise ModuleNotFoundError(f"Reading {path} needs fsspec: pip install fsspec") from error
        other, where = fsspec.core.url_to_fs(path)
        system = fs.PyFileSystem(fs.FSSpecHandler(other))
    return system, where
