"""Several reports of one event inside one page become one: the headline, the lead and the body tell the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dragoman.codebook.frames import Frame
from dragoman.coding.arguments import BY_WORD
from dragoman.coding.reading import Attribution, EventDate, Place, Status
from dragoman.coding.roles import Filler
from dragoman.pages.article import Segment

ALIKE = (
    frozenset({"AGREE", "SUPPORT", "CONSULT"}),
    frozenset({"AGREE", "RETREAT", "CONCEDE"}),
    frozenset({"SANCTION", "COERCE"}),
    frozenset({"AID", "AGREE"}),
    frozenset({"COOPERATE", "AGREE"}),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """An event mention before it is finished; offsets are of the segment's text."""

    segment: Segment
    language: str
    sentence: tuple[int, int]
    start: int
    end: int
    frame: Frame
    sources: tuple[Filler, ...]
    targets: tuple[Filler, ...]
    status: Status
    date: EventDate
    dated: bool
    place: Place | None
    headline: bool
    nominal: bool
    predicate: int  # where the predicate begins
    attribution: Attribution | None
    issue: str | None
    reason: str
    confidence: float
    marked: str = ""  # the sentence with source and target marked, for the type model
    signs: frozenset[str] = frozenset()  # what speaks for and against it, for the judge
    weights: Mapping[str, float] = field(default_factory=dict)  # what the spotter sees of it, likewise

    @property
    def doubtful(self) -> bool:
        """Whether its frame alone does not allow it."""
        return any(sign.startswith("doubt: ") for sign in self.signs)

    @property
    def parties(self) -> tuple[frozenset[str], frozenset[str]]:
        """Countries and organisations on each side."""
        return (
            frozenset(f.actor.code.partition(":")[0] for f in self.sources if f.actor.code[:3] != "---"),
            frozenset(f.actor.code.partition(":")[0] for f in self.targets if f.actor.code[:3] != "---"),
        )


def merge_drafts(drafts: list[Draft]) -> list[Draft]:
    """One draft per event, in page order; the fullest account stays."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.headline, d.segment.start, d.start)):
        for n, other in enumerate(kept):
            if _same(draft, other):
                kept[n] = _fuller(other, draft)
                break
        else:
            kept.append(draft)
    return sorted(kept, key=lambda d: (d.segment.start, d.start))


def _same(a: Draft, b: Draft) -> bool:
    same_sentence = a.segment is b.segment and a.sentence == b.sentence
    one_mode = a.frame.mode == b.frame.mode or None in (a.frame.mode, b.frame.mode)
    types = {a.frame.type, b.frame.type}
    if len(types) > 1 and not (any(types <= group for group in ALIKE) and (a.headline or same_sentence)):
        return False
    if not _parties_agree(a, b):
        return False
    if a.status != b.status and not a.headline and not (same_sentence and one_mode and _called_off(a, b)):
        return False
    if same_sentence and len(types) > 1 and not a.headline and _two_acts(a, b):
        return False
    if same_sentence:
        overlap = a.start < b.end and b.start < a.end
        if types <= BY_WORD and a.nominal != b.nominal and not one_mode:
            return False  # "announced the expulsion of the envoy and a halt to trade"
        return overlap or (len(types) == 1 and (a.nominal != b.nominal or _one_occasion(a, b)))
    if a.dated and b.dated and not _days_agree(a.date.iso or "", b.date.iso or ""):
        return False
    if a.headline:
        return True
    alike = _alike(a, b)
    if a.dated and b.dated and a.date.iso == b.date.iso and alike and a.status == b.status:
        return one_mode
    told_again = any(d.nominal or _refers_back(d) or _vague_talk(d) for d in (a, b))
    return one_mode and told_again and alike and len(a.parties[0] | a.parties[1]) > 1 and not _from_history(a, b)


def _called_off(a: Draft, b: Draft) -> bool:
    """ "The exercise, which Morocco was to host in spring, was cancelled": one occasion, not a plan beside it."""
    apart = a.dated and b.dated and not _days_agree(a.date.iso or "", b.date.iso or "")
    return {a.status, b.status} == {"planned", "cancelled"} and not apart


def _from_history(a: Draft, b: Draft) -> bool:
    """ "The 2015 accords that Morocco brokered": what is told by its year alone is not what another paragraph tells."""
    return a.segment is not b.segment and a.dated != b.dated and "year" in (a.date.precision, b.date.precision)


def _two_acts(a: Draft, b: Draft) -> bool:
    """ "Visiting Chile, the minister praised …", "a phone call between them underlined …": two kinds of act."""
    if not (a.nominal or b.nominal):
        return True
    noun, verb = (a, b) if a.nominal else (b, a)
    return not verb.nominal and noun.frame.type == "CONSULT" and noun.predicate < verb.predicate


def _one_occasion(a: Draft, b: Draft) -> bool:
    """ "Met … and discussed …": two verbs of one sentence for one meeting."""
    apart = a.dated and b.dated and not _days_agree(a.date.iso or "", b.date.iso or "")
    return a.frame.type == "CONSULT" and a.frame.mode == b.frame.mode and not apart


def _refers_back(draft: Draft) -> bool:
    """ "The two officials discussed …" goes on about a meeting told before."""
    return "symmetric" in draft.frame.flags and all(f.mention.form in ("pair", "pronoun") for f in draft.sources)


def _vague_talk(draft: Draft) -> bool:
    """ "Lavrov and Bourita discussed Libya": what two talked about, on no day of its own."""
    return draft.frame.type == "CONSULT" and draft.frame.mode is None and not draft.dated


def _days_agree(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)


def _alike(a: Draft, b: Draft) -> bool:
    """Whether both have the same parties; sides do not matter where both act."""
    if _mutual(a) and _mutual(b):
        return a.parties[0] | a.parties[1] == b.parties[0] | b.parties[1]
    return a.parties == b.parties


def _mutual(draft: Draft) -> bool:
    """Whether both parties do the same: "the call between the two", "he spoke to her"."""
    spoken = draft.frame.type == "CONSULT" and draft.frame.mode in (None, "phone")
    return spoken or "symmetric" in draft.frame.flags


def _parties_agree(a: Draft, b: Draft) -> bool:
    if _mutual(a) and _mutual(b):
        left, right = a.parties[0] | a.parties[1], b.parties[0] | b.parties[1]
        return bool(left & right) and (left <= right or right <= left)
    if not a.parties[0] & b.parties[0]:
        return False
    return not a.parties[1] or not b.parties[1] or bool(a.parties[1] & b.parties[1])


def _fuller(first: Draft, second: Draft) -> Draft:
    """The account to keep: body before headline, verb before noun, dated before undated; its gaps are filled."""

    def rank(d: Draft) -> tuple[bool, bool, bool, int, bool]:
        return (not d.headline, not _refers_back(d), not d.nominal, len(d.sources) + len(d.targets), d.dated)

    best, other = (first, second) if rank(first) >= rank(second) else (second, first)
    changes: dict[str, object] = {"confidence": min(0.97, max(best.confidence, other.confidence) + 0.05)}
    if best.segment is other.segment and best.place is None and other.place is not None:
        changes["place"] = other.place
    if best.segment is other.segment and not best.dated and other.dated:
        changes |= {"date": other.date, "dated": True}
    if "cancelled" in (best.status, other.status):
        changes["status"] = "cancelled"
    if best.frame.mode is None and other.frame.mode and best.frame.type == other.frame.type:
        changes["frame"] = replace(best.frame, mode=other.frame.mode, cameo=other.frame.cameo)
    if not best.targets and other.targets and best.segment is other.segment:
        changes["targets"] = other.targets
    return replace(best, **changes)  # type: ignore[arg-type]
