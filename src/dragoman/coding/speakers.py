"""Who said it: the subject of the verb of saying beside a quotation, and whom a pronoun there stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.actors.memory import OBLIQUE
from dragoman.actors.mention import Actor, Mention
from dragoman.language.grammar import Grammar, grammar
from dragoman.language.reporting import Reporting

UNDER_PREPOSITION = 60  # what a name under a preposition ("told reporters in Paris") is put back by, in code points
ADJECTIVE = 40  # likewise for the state of an adjective: "the Japanese statement expressed hope that …"
EARLIER = 260  # code points back to a speaker who was named in the sentence before
INVERTED = 60  # code points behind a verb of saying in which its subject stands: "said the minister, Lam Akol"
AUXILIARY = 4  # letters below which what stands before an inverted verb belongs to it: "a déclaré le ministre"
PRONOUNS = ("he", "she", "it", "they")
FAR = 40  # code points between a quotation and a verb of saying that needs a subject to be its cue
LEAD = 28  # code points between a verb of saying and the quotation that it leads up to: "said that the accord was"
VERB_FIRST = frozenset({"ar"})  # languages in which the speaker stands behind the verb
ROMANCE = frozenset({"fr", "es"})  # languages whose prepositions `OBLIQUE` knows
PREPOSITIONS = ("address", "agent", "locative", "directional", "genitive", "topic")
NAME = re.compile(r"(?:[A-ZÀ-Þ][\w’'.-]+ ){1,3}(?:(?:de|van|von|bin|al) )?[A-ZÀ-Þ][\w’'-]+")
NAMED_BEHIND = re.compile(
    r"\s+(?:(?:hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|ayer|lunes|martes|miércoles|jueves|viernes"
    r"|sábado|domingo)\s+)?((?:[A-ZÀ-Þ][\w’'-]+ ){0,3}[A-ZÀ-Þ][\w’'-]+)(?=[,.])"
)
SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bM)(?<!\bMme)(?<!\bSr)(?<!\bSt)(?<!\bGen)(?<!\bCol)(?<!\bLt)"
    r"[.!?؟][”\"»’]?\s+|\n"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of saying beside a quotation; `speaker` is None where nobody is named."""

    speaker: Mention | None
    text: str
    start: int | None


def cue_behind(text: str, start: int, stop: int, mentions: Sequence[Mention], reporting: Reporting) -> Cue | None:
    """ "…", said Lavrov / Lavrov said / he added. `start` is where the quotation ends."""
    window = text[start:stop]
    ending = SENTENCE_END.search(window, 2)
    if ending is not None:
        window = window[: ending.end()]
    cue = reporting.search(window)
    if cue is None:
        return _verbless(text, start, window, mentions)
    words = grammar(reporting.language)
    low, high = start + cue.start(), start + cue.end()
    between = window[: cue.start()].strip("”\"»’' ,.–—-\u00a0")
    speaker = _subject([m for m in mentions if start <= m.start and m.end <= low], text, start, words)
    if speaker is None or speaker.kind != "person":
        speaker = _stranger(text, start, between, mentions) or speaker
    spoken_to = between.lower() in words["spoken-to"]  # "…", **nous** confiait hier un diplomate
    inverted = len(between) < AUXILIARY and not any(between.lower() in words[p] for p in PRONOUNS)
    if speaker is None and (inverted or spoken_to):
        after = [m for m in mentions if high <= m.start <= high + INVERTED and m.end <= start + len(window)]
        speaker = _subject(after, text, high, words)
        if (speaker is None or speaker.kind != "person") and reporting.language in ROMANCE:
            speaker = _inverted_stranger(text, high, mentions) or speaker
    if speaker is None and cue.start() > FAR:
        return None
    return Cue(speaker, cue.group(0), low)


def cue_before(text: str, start: int, stop: int, mentions: Sequence[Mention], reporting: Reporting) -> Cue | None:
    """Lavrov said: "…". `stop` is where the quotation begins."""
    ends = [end.end() for end in SENTENCE_END.finditer(text, start, stop)]
    start = max([start, *(end for end in ends if end < stop)])
    cues = list(reporting.finditer(text[start:stop]))
    if not cues:
        return None
    words = grammar(reporting.language)
    cue = (start + cues[-1].start(), start + cues[-1].end())
    before, after = (start, cue[0]), (cue[1], stop)
    places = (after, before) if reporting.language in VERB_FIRST else (before, after)
    speaker = next(
        (found for low, high in places if (found := _nearest(text, cue, low, high, mentions, words)) is not None), None
    )
    return Cue(speaker, cues[-1].group(0), cue[0])


def leads_up(text: str, cue: Cue, start: int, end: int) -> bool:
    """Whether a verb of saying leads straight up to the quotation at `start:end`, and another clause follows it."""
    if cue.start is None:
        return False
    between = text[cue.start + len(cue.text) : start].rstrip("“\"«‘' ")
    if len(between) > LEAD or "," in between.rstrip(","):
        return False
    return re.match(r"[”\"»’']+,? (?:and|but|while|as|then|et|mais|tandis|y|pero)\b", text[end : end + 12]) is not None


def took_over(text: str, before: Mention, at: int, mentions: Sequence[Mention], reporting: Reporting) -> Mention | None:
    """Another person whom a sentence between the last speaker and the quotation at `at` begins with."""
    openings = {end.end() for end in SENTENCE_END.finditer(text, before.end, at)}
    others = [m for m in mentions if m.kind == "person" and m.start in openings and m.end < at]
    return others[-1] if others and others[-1].actors[:1] != before.actors[:1] else None


def runs_on(text: str, start: int) -> bool:
    """Whether a quotation goes on a clause that began before it: "the withdrawal “sends the wrong signal”"."""
    before = text[:start].rstrip("“\"«‘' ")
    return bool(before) and before[-1].isalnum() and text[start : start + 1].islower()


def antecedent(text: str, at: int, pronoun: str, mentions: Sequence[Mention], reporting: Reporting) -> Mention | None:
    """Whom "he said" or "it added" behind the quotation at `at` stands for: who acted in the sentence before.

    A person right before a verb of saying goes first; "it" is a state or a body, not a person.
    """
    words = grammar(reporting.language)
    thing = pronoun.lower() in words["it"] - words["he"] - words["she"]  # French "il" is either
    ends = [0, *(m.end() for m in SENTENCE_END.finditer(text, 0, at))]
    while ends and at - ends[-1] < EARLIER:
        low = ends.pop()
        if low >= at:
            continue
        here = [m for m in mentions if low <= m.start and m.end <= at and (m.kind == "person") != thing]
        here = [m for m in here if m.kind not in ("pronoun", "group", "place") and not _oblique(text, m, low, words)]
        saying = [
            m
            for m in here
            if reporting.pattern.match(text, m.end + len(text[m.end : at]) - len(text[m.end : at].lstrip(", ")))
        ]
        if saying or here:
            return (saying or here)[-1 if saying else 0]
    return None


def _subject(found: Sequence[Mention], text: str, low: int, words: Grammar) -> Mention | None:
    """The one of several names before or behind a verb that acts: people go before states, owners and others last."""
    free = [m for m in found if m.form not in ("adj", "suffix") and not _oblique(text, m, low, words)]
    acting = [m for m in free if text[m.end : m.end + 2] not in ("'s", "’s")] or free
    return next((m for m in acting if m.kind == "person"), acting[0] if acting else None)


def _nearest(
    text: str, cue: tuple[int, int], low: int, high: int, mentions: Sequence[Mention], words: Grammar
) -> Mention | None:
    """The actor nearest to the cue between two offsets; people go before states."""
    best: tuple[float, Mention] | None = None
    for mention in mentions:
        if mention.start < low or mention.end > high or mention.form == "suffix":
            continue
        behind = mention.start - cue[1]
        distance = float(cue[0] - mention.end if behind < 0 else behind + (0 if behind <= 2 else 15))
        if mention.kind not in ("person", "pronoun"):
            distance += 12
        if mention.form == "adj":
            distance += ADJECTIVE
        if _oblique(text, mention, low, words):
            distance += UNDER_PREPOSITION
        if best is None or distance < best[0]:
            best = (distance, mention)
    return best[1] if best else None


def _oblique(text: str, mention: Mention, low: int, words: Grammar) -> bool:
    """Whether a name stands under a preposition: "told reporters in Paris"."""
    before = text[max(low, mention.start - 14) : mention.start]
    if words.language in ROMANCE:
        return OBLIQUE.search(before) is not None
    last = [w for w in before.lower().split() if w not in words["article"]]
    return bool(last) and any(last[-1] in words[kind] for kind in PREPOSITIONS)


def _verbless(text: str, start: int, window: str, mentions: Sequence[Mention]) -> Cue | None:
    """ "…," Correa shot back: behind a comma inside the marks a name goes on the sentence, whatever its verb."""
    if not text[:start].endswith(","):
        return None
    opening = start + len(window) - len(window.lstrip("”\"»’' \u00a0"))
    first = next((m for m in mentions if opening <= m.start <= opening + 4 and m.kind == "person"), None)
    return Cue(first, "", first.end) if first is not None else None


def _stranger(text: str, start: int, between: str, mentions: Sequence[Mention]) -> Mention | None:
    """A person of whom no more is known than that he spoke: a full name that nothing is known of before the verb."""
    name = NAME.fullmatch(between.split(",")[0].strip())
    if name is None:
        return None
    return _new_speaker(text.index(name.group(), start), name.group(), mentions)


def _inverted_stranger(text: str, start: int, mentions: Sequence[Mention]) -> Mention | None:
    """ "…", confiait hier Marie-Goreth, réfugiée à Nyarugusu: an unknown name right behind the verb, closed by a comma
    or a stop."""
    found = NAMED_BEHIND.match(text, start)
    return _new_speaker(found.start(1), found[1], mentions) if found is not None else None


def _new_speaker(low: int, name: str, mentions: Sequence[Mention]) -> Mention | None:
    """Somebody of whom nothing but the name at an offset is known; None where a mention stands there already."""
    high = low + len(name)
    if any(m.start < high and low < m.end for m in mentions):
        return None
    actor = Actor("---", "person", name=name, reason="named beside what was said")
    return Mention(low, high, low, high, (actor,), "person")
