"""Passing values between the steps of a merge: files for every source, in each a row group for every bucket.

A step writes what it has for each bucket; the next reads one bucket of all files. The values are pickled: these files
live only while a merge runs.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zlib import crc32

from dragoman.scale.files import whole
from dragoman.scale.schema import arrow

HELD = 4000  # values that a writer holds: a mention with its account takes some 10 kB


def bucket_of(text: str, buckets: int) -> int:
    """The bucket of a name; the same in every process."""
    return crc32(text.encode()) % buckets


class BucketWriter:
    """Writes values to buckets, holding `HELD` of them at most; a context manager. Its files begin with `name`."""

    def __init__(self, folder: Path, name: str, buckets: int) -> None:
        self._folder, self._name, self._buckets = folder, name, buckets
        self._values: dict[int, list[Any]] = defaultdict(list)
        self._held = self._files = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if kind is None and self._held:
            self._write()

    def add(self, bucket: int, value: Any) -> None:
        """Put a value into a bucket."""
        self._values[bucket].append(value)
        self._held += 1
        if self._held >= HELD:
            self._write()

    def _write(self) -> None:
        pa = arrow()
        from pyarrow import parquet

        described = pa.schema([("values", pa.binary())])
        path = self._folder / f"{self._name}.{self._files:05d}.parquet"
        with whole(path) as aside, parquet.ParquetWriter(aside, described, compression="zstd") as writer:
            for bucket in range(self._buckets):
                cell = pickle.dumps(self._values.pop(bucket, []))
                writer.write_table(pa.table({"values": [cell]}, described))
        self._held, self._files = 0, self._files + 1


def read_bucket(folder: Path, bucket: int) -> Iterator[Any]:
    """The values of one bucket, of all files in order of name."""
    arrow()
    from pyarrow import parquet

    for path in sorted(folder.glob("*.parquet")):
        with parquet.ParquetFile(path) as file:
            yield from pickle.loads(file.read_row_group(bucket).column(0)[0].as_py())
