"""What stands before or behind its clause in the way of the press: أما الصين فرحبت, أعلن أنه سيزور, وصفه بالخطير."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dragoman.language.ar.clauses import SUBJECTS, hang, is_time
from dragoman.language.ar.lexicon import word_list
from dragoman.language.ar.normalise import bare, key
from dragoman.language.sentence import Token

TOPIC = frozenset({"أما", "اما"})
THAT = frozenset({"أن", "إن", "لأن", "لكن"})
NOMINAL = ("NOUN", "PROPN")
STOPS = (".", "؛", ";", "؟", "!")
REACH = 30  # tokens between أما and the ف that it asks for


def topics(tokens: list[Token], groups: Collection[int]) -> None:
    """أما الصين، وهي أكبر مشتر، فرحبت: what أما sets out is the subject of the verb behind ف."""
    for i, token in enumerate(tokens):
        if token.text not in TOPIC:
            continue
        nouns = (j for j in range(i + 1, len(tokens)) if j in groups or tokens[j].pos in NOMINAL)
        topic = next(nouns, None)
        if topic is None or topic > i + 2 or _cased(tokens, topic):
            continue
        verb = _answer(tokens, topic)
        if verb is None or _resumed(tokens, verb):
            continue
        for j, other in enumerate(tokens):
            if other.head == verb and other.dep in SUBJECTS and j > verb:
                tokens[j] = replace(other, dep="obj")
        if tokens[verb].head != verb:
            tokens[verb] = replace(tokens[verb], head=verb, dep="root")
        hang(tokens, i, verb, "dep")
        hang(tokens, topic, verb, "nsubj")


def _answer(tokens: list[Token], topic: int) -> int | None:
    """The verb that ف opens behind a topic."""
    for j in range(topic + 1, min(len(tokens) - 1, topic + REACH)):
        if tokens[j].text in STOPS:
            return None
        if tokens[j].text == "ف" and tokens[j].end == tokens[j + 1].start:
            past = j + 2 if tokens[j + 1].text == "قد" else j + 1
            return past if past < len(tokens) and tokens[past].pos == "VERB" else None
    return None


def _resumed(tokens: list[Token], verb: int) -> bool:
    """Whether a pronoun on the verb or on what follows takes the topic up: أما كييف فوصفها, أما أنقرة فقال رئيسها."""
    if verb + 1 < len(tokens) and tokens[verb + 1].start == tokens[verb].end:
        return True
    near = tokens[verb + 1 : verb + 3]
    owned = len(near) > 1 and near[1].pos == "PRON" and near[1].start == near[0].end
    return owned or (bool(near) and " " not in near[0].text and near[0].text.endswith(("ها", "هم", "هما")))


def taken_up(tokens: list[Token]) -> None:
    """أعلن الرئيس أنه سيزور: the pronoun on أن adds nobody where its gender is that of the verb which tells."""
    for i in range(1, len(tokens)):
        token, that = tokens[i], tokens[i - 1]
        if token.pos != "PRON" or that.text not in THAT or that.end != token.start or token.dep not in SUBJECTS:
            continue
        verb = token.head
        outer = tokens[verb].head
        told = verb > i and outer < i and tokens[outer].pos == "VERB" and tokens[verb].dep in ("ccomp", "xcomp")
        gender = "Gender=Fem" if token.text == "ها" else "Gender=Masc" if token.text == "ه" else "-"
        if told and gender in tokens[outer].morph:
            tokens[i] = replace(token, dep="expl")


def deemed(tokens: list[Token], groups: Collection[int]) -> None:
    """اعتبر الاتفاق انتصارا, وصف القرار بالخطير: what something is called is the verb's argument."""
    callers = frozenset(map(key, word_list("callers.txt")))
    for verb, token in enumerate(tokens):
        if token.pos != "VERB" or key(token.lemma) not in callers:
            continue
        called = next((j for j in range(verb + 1, len(tokens)) if tokens[j].head == verb and tokens[j].dep == "obj"), 0)
        for j in range(verb + 2, len(tokens)):
            word = tokens[j]
            if word.text in STOPS or word.pos in ("VERB", "SCONJ"):
                break
            if j in groups or is_time(word):
                continue
            with_ba = tokens[j - 1].text == "ب" and tokens[j - 1].head == j
            if with_ba and word.pos in ("NOUN", "ADJ") and word.head > verb:
                hang(tokens, j, verb, "obl")
                break
            if called and j > called and word.pos == "NOUN" and _indefinite(tokens, j) and word.dep != "obj":
                hang(tokens, j, verb, "obj")
                break


def _indefinite(tokens: list[Token], i: int) -> bool:
    """Whether a noun without article ends a definite phrase: it is no part of it but what is said of it."""
    text = bare(tokens[i].text)
    accusative = text == tokens[i].lemma + "ا" or tokens[i].text.endswith(("اً", "ًا"))
    behind = tokens[i - 1].pos in ("PROPN", "ADJ", "PRON") or tokens[i - 1].text.startswith("ال")
    return not text.startswith("ال") and (accusative or (text.endswith("ة") and behind)) and not _cased(tokens, i)


def _cased(tokens: list[Token], i: int) -> bool:
    return any(t.head == i and t.dep == "case" for t in tokens)
