"""The record: many readings become one SQLite file of pages, mentions, events and judgements.

    with Record("morocco.db") as record:
        record.add(reading)
        record.events(actor="MAR", other="USA", since="2020-01").to_pandas()

`merge(readings)` gives the same events without a file.
"""

from dragoman.record.answers import AddReport, AddResult
from dragoman.record.errors import (
    FilterError,
    NewerRecord,
    NotARecord,
    OlderRecord,
    ReadOnlyRecord,
    RecordBusy,
    RecordError,
    RecordTooSlow,
    UnknownEvent,
)
from dragoman.record.filters import EventFilter
from dragoman.record.ingesting import IngestReport
from dragoman.record.merge import Merged, merge
from dragoman.record.store import Record, fingerprint
from dragoman.record.values import Event, EventList

__all__ = [
    "AddReport",
    "AddResult",
    "Event",
    "EventFilter",
    "EventList",
    "FilterError",
    "IngestReport",
    "Merged",
    "NewerRecord",
    "NotARecord",
    "OlderRecord",
    "ReadOnlyRecord",
    "Record",
    "RecordBusy",
    "RecordError",
    "RecordTooSlow",
    "UnknownEvent",
    "fingerprint",
    "merge",
]
