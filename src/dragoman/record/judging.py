"""What a person decides about a record's events. Decisions are kept as `judgements`; here events follow them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from contextlib import AbstractContextManager

from dragoman.record import judgements
from dragoman.record.assembling import Assembler
from dragoman.record.errors import RecordError
from dragoman.record.judgements import CORRECTABLE, PAIRWISE, Judgement, Verdict
from dragoman.record.questions import Questions


class Judging(Questions):
    """The decisions that a `Record` takes in; see there."""

    _assembler: Assembler

    @abstractmethod
    def _writing(self) -> AbstractContextManager[str]:
        """One transaction, and its time."""

    def judge_same(self, a: str, b: str, *, by: str, verdict: Verdict = "same", note: str = "") -> int:
        """Say that two events (or mentions, by key) are the same, different or unsure. The number of the judgement."""
        if verdict not in PAIRWISE:
            raise RecordError(f"Two events are same, different or unsure, not {verdict!r}.")
        with self._writing() as now:
            one, two = self._mention_of(a), self._mention_of(b)
            subjects = judgements.subject(self._db, one), judgements.subject(self._db, two)
            number = judgements.write(self._db, verdict, *subjects, by, now, note=note)
            self._assembler.assemble((), {one, two}, (), now)
        return number

    def judge(self, event_id: str, verdict: Verdict, *, by: str, note: str = "") -> int:
        """Say that an event is right or wrong as it stands."""
        if verdict not in ("right", "wrong"):
            raise RecordError(f"An event is right or wrong, not {verdict!r}; use correct() or judge_same().")
        return self._judge(event_id, verdict, by, None, None, note)

    def correct(self, event_id: str, field: str, value: str, *, by: str, note: str = "") -> int:
        """Set a field of an event right: date, status, country, issue, event_type or mode."""
        if field not in CORRECTABLE:
            raise RecordError(f"{field!r} cannot be corrected; these can: {', '.join(sorted(CORRECTABLE))}.")
        return self._judge(event_id, "corrected", by, field, value, note)

    def _judge(self, event_id: str, verdict: Verdict, by: str, field: str | None, value: str | None, note: str) -> int:
        with self._writing() as now:
            mention = self._mention_of(event_id)
            at = judgements.subject(self._db, mention)
            number = judgements.write(self._db, verdict, at, None, by, now, field, value, note)
            self._assembler.assemble((), {mention}, (), now)
        return number

    def name_actor(self, key: str, name: str, *, wikidata: str = "") -> None:
        """Name a person or organisation once for the whole record, also in what is ingested later.

        For those whom the registry does not know: `key` is the id that the record shows (`P-jane-doe-mar`). What the
        pages call them stays as it is with each mention. Raises RecordError where nobody has that id.
        """
        with self._writing():
            done = self._db.execute(
                "UPDATE actors SET name = ?, wikidata = coalesce(nullif(?, ''), wikidata) "
                "WHERE key = ? AND kind IN ('person', 'organisation')",
                (name.strip(), wikidata, key),
            )
            if not done.rowcount:
                raise RecordError(f"No person or organisation has the id {key!r} in {self.path}; see: dragoman actors.")

    def undo(self, judgement: int, *, by: str) -> None:
        """Take a judgement back; it stays in the table as undone."""
        with self._writing() as now:
            found = [j for j in judgements.listed(self._db) if j.id == judgement]
            if not found:
                raise RecordError(f"There is no judgement {judgement} to undo in {self.path}.")
            self._db.execute("UPDATE judgements SET undone = ? WHERE id = ?", (f"{now} {by}", judgement))
            touched = {m for s in (found[0].a, found[0].b) if s and (m := judgements.find(self._db, s)) is not None}
            self._assembler.assemble((), touched, (), now)

    def import_judgements(self, lines: Iterable[str]) -> int:
        """Take in judgements that another record wrote (`judgements.dump`); how many were new.

        They keep their author and time. Those on pages that this record has not yet are kept for when it has.
        """
        wanted = judgements.load(lines)
        touched: set[int] = set()
        with self._writing() as now:
            fresh = [j for j in dict.fromkeys(wanted) if not judgements.has(self._db, j)]
            for j in fresh:
                judgements.write(self._db, j.verdict, j.a, j.b, j.by, j.at, j.field, j.value, j.note)
                touched |= {m for s in (j.a, j.b) if s and (m := judgements.find(self._db, s)) is not None}
            self._assembler.assemble((), touched, (), now)
        return len(fresh)

    def judgements(self, *, undone: bool = False) -> list[Judgement]:
        """All judgements in order; undone ones too if asked for."""
        return judgements.listed(self._db, undone)

    def _mention_of(self, reference: str) -> int:
        """The mention that a judgement on an event id (its lead mention) or a mention key is about."""
        row = self._db.execute("SELECT id FROM mentions WHERE key = ?", (reference,)).fetchone()
        if row is None:
            row = self._db.execute("SELECT lead FROM events WHERE uid = ?", (self.event(reference).id,)).fetchone()
        return int(row[0])
