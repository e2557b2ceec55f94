"""What an article has told: one event with its parties and words, as later sentences point back to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from dragoman.codebook.frames import Frame
from dragoman.coding.roles import Filler
from dragoman.coding.tree import Tree

DYADIC = frozenset(
    {"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SANCTION", "CONCEDE", "RETREAT", "MOBILIZE"}
)  # acts against somebody
HOSTILE = frozenset({"ACCUSE", "REJECT", "THREATEN", "SANCTION", "ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "REQUEST"})
COMMENT = frozenset({"ACCUSE", "SUPPORT", "REJECT", "PROTEST", "REQUEST"})  # acts that answer what somebody else did
WORDS = frozenset({"THREATEN", *COMMENT})  # acts that are said, not done: no "move", no "step"
JOINT = frozenset({"AGREE", "COOPERATE"})  # acts that two do with each other
SIGNED = "057"  # the CAMEO code of signing an accord
STEM = 5  # letters that a noun and its verb share: "suspension" and "suspend", "asylum"
NOUNS = frozenset({"NOUN", "VERB", "ADJ"})


@dataclass(frozen=True, slots=True)
class Told:
    """An event coded before: its type, its parties with page offsets, and the stems of its words."""

    type: str
    mode: str | None
    symmetric: bool
    sources: tuple[Filler, ...]
    targets: tuple[Filler, ...]
    verb: str | None = None  # the stem of its predicate
    stems: frozenset[str] = frozenset()  # of what the predicate is about
    real: bool = True  # told as something that happened or will, not as what might
    verbal: bool = True

    @property
    def parties(self) -> tuple[Filler, ...]:
        """Both sides, the sources first."""
        return (*self.sources, *self.targets)

    @property
    def countries(self) -> set[str | None]:
        """Countries and organisations of both sides."""
        return {f.actor.country for f in self.parties}

    @property
    def leads(self) -> bool:
        """Whether a page can be about it: a deed between two, not a comment on one."""
        known = {f.actor.country for f in self.parties if f.mention.known}
        return self.real and self.type not in WORDS and len(known) > 1

    def others(self, own: set[str | None]) -> list[Filler]:
        """The known parties beside `own`."""
        return [f for f in self.parties if f.actor.country not in own and f.mention.known]

    def involved(self, own: set[str | None]) -> list[Filler]:
        """Whom a noun for this event stands for: those who did it, both parties of what two did together."""
        sides = self.parties if self.symmetric or self.type == "AGREE" else self.sources
        found = [f for f in sides if f.actor.country not in own and f.mention.known]
        return found or self.others(own)

    def answered(self, own: set[str | None]) -> list[Filler]:
        """Whom a comment on this turns to: whoever was blamed or praised, or who did so where it was `own`."""
        if self.type not in WORDS:
            return self.involved(own)
        sides = self.sources if own & {f.actor.country for f in self.targets} else self.targets
        return [f for f in sides if f.actor.country not in own and f.mention.known] or self.others(own)


def together(frame: Frame, own: Collection[str | None]) -> bool:
    """Whether several do together what has no third party to it: "India and Nepal signed a pact", "agreed to talk"."""
    return len(own) > 1 and "weak" not in frame.flags and (frame.type in JOINT or frame.cameo == SIGNED)


def stem(lemma: str) -> str | None:
    """The beginning that words of one family share; None for short words, which share it by chance."""
    lemma = lemma.lower()
    return lemma[:STEM] if len(lemma) > STEM and lemma.isalpha() else None


def stems_of(tree: Tree, indices: Iterable[int]) -> frozenset[str]:
    """The stems of the content words at `indices`."""
    found = {stem(tree.tokens[i].lemma) for i in indices if tree.tokens[i].pos in NOUNS}
    return frozenset(s for s in found if s is not None)
