"""Passing values between the steps of a merge: a file for every source, in it a row group for every bucket.

A step writes what it has for each bucket; the next reads one bucket of all files. The values are pickled: these files
live only while a merge runs.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

from dragoman.scale.files import whole
from dragoman.scale.schema import arrow

_CHUNK = 2000  # values pickled together, so that reading holds few at a time


def bucket_of(text: str, buckets: int) -> int:
    """The bucket of a name; the same in every process."""
    return crc32(text.encode()) % buckets


def write_buckets(path: Path, values: Mapping[int, Sequence[Any]], buckets: int) -> None:
    """Write the values of every bucket to `path`."""
    pa = arrow()
    from pyarrow import parquet

    described = pa.schema([("values", pa.binary())])
    with whole(path) as aside, parquet.ParquetWriter(aside, described, compression="zstd") as writer:
        for bucket in range(buckets):
            held = values.get(bucket, ())
            cells = [pickle.dumps(list(held[i : i + _CHUNK])) for i in range(0, len(held), _CHUNK)] or [b""]
            writer.write_table(pa.table({"values": cells}, described), row_group_size=len(cells))


def read_bucket(folder: Path, bucket: int) -> Iterator[Any]:
    """The values of one bucket, of all files in order of name."""
    arrow()
    from pyarrow import parquet

    for path in sorted(folder.glob("*.parquet")):
        with parquet.ParquetFile(path) as file:
            for cell in file.read_row_group(bucket).column(0).to_pylist():
                if cell:
                    yield from pickle.loads(cell)
