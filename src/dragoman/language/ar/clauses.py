"""Clause patterns of the press that a small parser misses: كان … قد, من المقرر أن, سبق له أن, stray phrases."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cache

from dragoman.language.ar.lexicon import masdars, word_list
from dragoman.language.ar.normalise import bare, key
from dragoman.language.sentence import Token

SUBJECTS = ("nsubj", "nsubj:pass")
LOOSE = frozenset({"nmod", "amod", "appos", "flat", "obl", "advcl", "dep", "acl", "conj"})
DATED = ("NOUN", "NUM", "ADV", "PROPN")
PHRASE = frozenset({"nmod", "obl"})
VISITS = frozenset({"زيارة", "جولة", "رحلة"})
NEAR_VISIT = 8  # tokens between a visit and who pays it
QUOTES = frozenset('«»"“”„')
STOPS = (".", "؛", ";", ":")
BOUNDARY = frozenset({"VERB", "AUX", "SCONJ", "PUNCT"})


@cache
def _expected_words() -> frozenset[str]:
    return frozenset(map(key, word_list("expected.txt")))


@cache
def time_words() -> frozenset[str]:
    """Matching forms of the words of `times.txt`."""
    return frozenset(map(key, word_list("times.txt")))


def is_time(token: Token) -> bool:
    """Whether a token is a date or a word of time."""
    if token.morph == "AdvType=Tim":
        return True
    words = [key(word) for word in re.split(r"[\s/]+", token.text)]
    first = words[0]
    known = first in time_words() or first.removeprefix("ال") in time_words() or first.isdigit()
    return token.pos in DATED and known and (len(words) > 1 or not first.isdigit() or token.pos != "NUM")


def hang(tokens: list[Token], i: int, head: int, dep: str) -> bool:
    """Give token `i` a new head, unless that would make a circle; whether it could."""
    above = head
    for _ in tokens:
        if above == i:
            return False
        if tokens[above].head == above:
            break
        above = tokens[above].head
    tokens[i] = replace(tokens[i], head=head, dep=dep)
    return True


def had(tokens: list[Token]) -> None:
    """كان الرئيس قد وافق: the verb heads the clause, كان is its auxiliary and what كان had is the verb's."""
    for i, token in enumerate(tokens):
        perfect = token.pos == "VERB" and token.lemma == "كان" and tokens[min(i + 1, len(tokens) - 1)].text == "قد"
        if not perfect and (token.pos != "AUX" or token.lemma not in ("كان", "يكون")):
            continue
        verb = next((j for j in range(i + 1, min(len(tokens), i + 12)) if tokens[j].pos in BOUNDARY), None)
        if verb is None or tokens[verb].pos != "VERB" or tokens[i].head == verb or tokens[verb - 1].pos == "PRON":
            continue
        behind = verb == i + 2 and tokens[i + 1].pos in ("NOUN", "PROPN")  # كانت صواريخ أميركية أصابت
        if tokens[verb - 1].text not in ("قد", "س", "سوف") and tokens[verb].head != i and not behind:
            continue
        outer = token.head
        tokens[verb] = replace(tokens[verb], head=verb if outer == i else outer, dep=token.dep)
        tokens[i] = replace(token, pos="AUX", head=verb, dep="aux")
        for j, other in enumerate(tokens):
            if other.head == i and j != i:
                subject = other.pos in ("NOUN", "PROPN") and j < verb and not is_time(other) and not _cased(tokens, j)
                tokens[j] = replace(other, head=verb, dep="nsubj" if subject else other.dep)


def expected(tokens: list[Token]) -> None:
    """من المقرر أن يزور: the participle heads what is expected; سبق لها أن قطعت: whose past it is, is the subject."""
    for i in range(len(tokens) - 2):
        if (
            tokens[i].text == "من"
            and key(tokens[i + 1].text) in _expected_words()
            and tokens[i + 2].text in ("أن", "ان", "ألا")
        ):
            verb = next((j for j in range(i + 3, min(len(tokens), i + 6)) if tokens[j].pos == "VERB"), None)
            if verb is None:
                continue
            head, dep = tokens[i].head, tokens[i].dep
            if tokens[i + 1].head != i:
                head, dep = tokens[i + 1].head, tokens[i + 1].dep
            root = head in (i, i + 1, verb)
            tokens[i + 1] = replace(tokens[i + 1], pos="ADJ", lemma=tokens[i + 1].text.removeprefix("ال"), dep="root")
            tokens[i + 1] = replace(tokens[i + 1], head=i + 1 if root else head, dep="root" if root else dep)
            tokens[i] = replace(tokens[i], head=i + 1, dep="case")
            tokens[verb] = replace(tokens[verb], head=i + 1, dep="csubj")
            for j, other in enumerate(tokens):
                if other.head == i and j not in (i, i + 1):
                    tokens[j] = replace(other, head=i + 1)
        if tokens[i].lemma == "سبق" and tokens[i].pos == "VERB":
            that = next((j for j in range(i + 1, min(len(tokens), i + 6)) if tokens[j].text in ("أن", "ان")), None)
            if that is None or that + 1 >= len(tokens) or tokens[that + 1].pos != "VERB":
                continue
            owner = next((j for j in range(i + 1, that) if _cased(tokens, j)), None)
            subjects = [t for t in tokens[: that + 3] if t.head == that + 1 and t.dep in SUBJECTS and not is_time(t)]
            if owner is not None and not subjects:
                hang(tokens, that + 1, i, "ccomp")
                hang(tokens, owner, that + 1, "nsubj")
                for j in range(i + 1, that):
                    if tokens[j].head == owner and tokens[j].dep == "case":
                        tokens[j] = replace(tokens[j], dep="dep")


def described_as(tokens: list[Token]) -> None:
    """وصف الهجوم بأنه جريمة: what something is called hangs on the verb with the preposition ب."""
    for i in range(1, len(tokens) - 2):
        if bare(tokens[i].text) != "بأن" or tokens[i + 1].pos != "PRON" or tokens[i + 1].start != tokens[i].end:
            continue
        j = i + 2
        while j < len(tokens) - 1 and (tokens[j].text in QUOTES or tokens[j].pos == "PART"):
            j += 1
        verb = next((k for k in range(i - 1, -1, -1) if tokens[k].pos == "VERB"), None)
        if verb is None or tokens[j].pos not in ("NOUN", "ADJ", "PROPN"):
            continue
        if hang(tokens, j, verb, "obl"):
            tokens[i] = replace(tokens[i], pos="ADP", lemma="ب", head=j, dep="case")
            tokens[i + 1] = replace(tokens[i + 1], head=j, dep="dep")


@cache
def _quantities() -> frozenset[str]:
    return frozenset(map(key, word_list("quantities.txt")))


def counted(tokens: list[Token]) -> None:
    """عشرات الجنود, ثلاثين ألف طن من الوقود: what is counted heads the phrase, not the count."""
    for i in range(len(tokens) - 1):
        token = tokens[i]
        count = token.pos == "NUM" or key(token.text.removeprefix("ال")) in _quantities()
        if not count or token.dep in ("nummod", "root", "case", "fixed", "det"):
            continue
        j = i + 1
        while j < len(tokens) and (tokens[j].pos == "NUM" or key(tokens[j].text) in _quantities()):
            j += 1
        of = j + 1 < len(tokens) and tokens[j].text == "من" and tokens[j + 1].pos in ("NOUN", "PROPN")
        noun = j + 1 if of else j
        if noun >= len(tokens) or tokens[noun].pos not in ("NOUN", "PROPN") or is_time(tokens[noun]):
            continue
        inside = noun
        for _ in tokens:
            if tokens[inside].head in (inside, i):
                break
            inside = tokens[inside].head
        if tokens[inside].head != i:
            continue
        tokens[noun] = replace(tokens[noun], head=token.head, dep=token.dep)
        tokens[i] = replace(token, head=noun, dep="nummod")
        for k, other in enumerate(tokens):
            if other.head == i and k not in (i, noun):
                tokens[k] = replace(other, head=noun)
            elif of and k == j and other.head == noun:
                tokens[k] = replace(other, dep="dep")


def subject_first(tokens: list[Token], groups: Collection[int]) -> None:
    """الجزائر تستدعي سفيرها: a name before a verb that hangs on it is its subject, a bare noun behind its object."""
    for verb in range(1, len(tokens)):
        token = tokens[verb]
        name = verb - 1
        while name > 0 and (tokens[name].pos in ("PART", "ADV") or is_time(tokens[name])):
            name -= 1
        noun = tokens[name]
        if token.pos != "VERB" or not (name in groups or noun.pos == "PROPN") or _cased(tokens, name):
            continue
        if any(t.head == verb and t.dep in SUBJECTS and i < verb for i, t in enumerate(tokens)):
            continue
        if name == verb - 1 and name > 1 and noun.dep == "conj" and tokens[name - 1].text == "و":
            above = next((j for j in range(name - 2, -1, -1) if tokens[j].pos == "VERB"), None)
            if above is not None and tokens[verb].head != name:
                if tokens[verb].head != verb:
                    hang(tokens, verb, above, "conj")
                hang(tokens, name - 1, verb, "cc")
                hang(tokens, name, verb, "nsubj")  # "… وإسبانيا تنشر الجيش"
                continue
        if token.head == name and token.dep in ("flat", "appos", "nmod", "amod", "dep", "parataxis"):
            tokens[verb] = replace(token, head=verb if noun.head == name else noun.head, dep=noun.dep)
            tokens[name] = replace(noun, head=verb, dep="nsubj")
            for i, other in enumerate(tokens):
                if other.head == name and i > verb:
                    tokens[i] = replace(other, head=verb)
            late = [i for i, t in enumerate(tokens) if t.head == verb and t.dep in SUBJECTS and i > verb]
            if late and not any(t.head == verb and t.dep == "obj" for t in tokens):
                tokens[late[0]] = replace(tokens[late[0]], dep="obj")


def bare_obliques(tokens: list[Token], groups: Collection[int]) -> None:
    """A noun needs a preposition to be oblique: without one it continues a list, or is the verb's subject or object."""
    for i, token in enumerate(tokens):
        verb = token.head
        bare_noun = token.pos in ("NOUN", "PROPN") and not _cased(tokens, i) and not is_time(token)
        if token.dep not in ("obl", "advcl", "nmod") or not bare_noun or tokens[verb].pos != "VERB" or verb >= i:
            continue
        before = tokens[i - 1]
        if before.pos == "CCONJ" and i >= 2:
            first = i - 2
            for _ in tokens:
                if tokens[first].head in (first, verb) or tokens[first].pos == "VERB":
                    break
                first = tokens[first].head
            if tokens[first].head == verb and tokens[first].pos in ("NOUN", "PROPN") and first > verb:
                tokens[i] = replace(token, head=first, dep="conj")
            continue
        kids = {t.dep for t in tokens if t.head == verb}
        if not kids & {"nsubj", "nsubj:pass"}:
            tokens[i] = replace(token, dep="nsubj")
        elif not kids & {"obj", "ccomp", "xcomp"} and before.pos not in ("CCONJ", "ADP"):
            tokens[i] = replace(token, dep="obj")


def swapped(tokens: list[Token], groups: Collection[int]) -> None:
    """A name right behind the verb is its subject where what was taken for one ends in the accusative."""
    for verb, token in enumerate(tokens):
        if token.pos != "VERB" or "Voice=Pass" in token.morph:
            continue
        taken = [i for i, t in enumerate(tokens) if t.head == verb and i > verb]
        names = [i for i in taken if tokens[i].dep == "obj" and (i in groups or tokens[i].pos == "PROPN")]
        late = [i for i in taken if tokens[i].dep == "nsubj" and _accusative(tokens[i])]
        if names and late and names[0] < late[0]:
            tokens[names[0]] = replace(tokens[names[0]], dep="nsubj")
            tokens[late[0]] = replace(tokens[late[0]], dep="obj")


def _accusative(token: Token) -> bool:
    return token.pos == "NOUN" and token.text.endswith(("ا", "اً", "ًا")) and bare(token.text) == token.lemma + "ا"


def late_arguments(tokens: list[Token], groups: Collection[int]) -> None:
    """استقبل أمير الكويت في قصره رئيس …: a bare noun hung on a name or a date before it is the verb's own argument."""
    for i, token in enumerate(tokens):
        above = tokens[token.head]
        bare_noun = token.pos == "NOUN" or i in groups
        if not bare_noun or token.head >= i or token.dep not in LOOSE or is_time(token) or _cased(tokens, i):
            continue
        named = token.head in groups or above.pos in ("PROPN", "PRON")
        accusative = (
            token.text.endswith(("اً", "ًا")) and tokens[i - 1].pos != "NUM" and key(token.lemma) not in masdars()
        )
        if not (named or accusative or is_time(above)) or tokens[i - 1].pos in ("ADP", "CCONJ", "SCONJ", "NUM"):
            continue
        apposed = not is_time(above) and not _cased(tokens, token.head) and i == token.head + 1 and i not in groups
        if apposed and not accusative and key(token.text) not in masdars():
            continue
        stops = (j for j in range(i - 1, -1, -1) if tokens[j].pos in ("VERB", "SCONJ") or tokens[j].text in STOPS)
        verb = next(stops, i)
        if tokens[verb].pos != "VERB" or "PronType=Rel" in tokens[verb - 1].morph:
            continue
        kids = [t.dep for t in tokens if t.head == verb]
        if "obj" in kids or "ccomp" in kids:
            continue
        hang(tokens, i, verb, "obj" if any(dep in SUBJECTS for dep in kids) else "nsubj")


def listed(tokens: list[Token], groups: Collection[int]) -> None:
    """الوزيران الأردني والسوري: a second demonym stands for a second party; a noun with a preposition ends a list."""
    for i in range(2, len(tokens)):
        token, link, before = tokens[i], tokens[i - 1], tokens[i - 2]
        if i in groups and token.pos == "ADJ" and link.text == "و" and i - 2 in groups:
            shared = before.pos == "NOUN" and token.text.startswith("ال") and "ال" in before.text.split()[-1][:2]
            many = before.pos == "ADJ" and tokens[before.head].text.endswith(("ان", "ين"))
            first = i - 2 if shared or (many and before.dep == "amod") else i
            if before.dep == "conj" and before.pos == "ADJ":
                first = before.head
            if first != i:
                tokens[i - 1] = replace(link, head=i, dep="cc")
                hang(tokens, i, first, "conj")
        elif token.dep == "conj" and link.pos == "ADP" and link.head == i and before.pos != "CCONJ":
            head = next((j for j in range(i - 1, -1, -1) if tokens[j].pos == "VERB"), token.head)
            hang(tokens, i, head, "obl" if tokens[head].pos == "VERB" else "nmod")


def stray_phrases(tokens: list[Token], groups: Collection[int]) -> None:
    """A phrase with a preposition hung on a name or a date belongs to the verb before it."""
    for i, token in enumerate(tokens):
        if token.dep not in PHRASE or token.head >= i or not _cased(tokens, i):
            continue
        head = tokens[token.head]
        named = token.head in groups or head.pos == "PROPN" or key(head.text.removeprefix("ال")) in _quantities()
        if not named and not is_time(head):
            continue
        verb = next(
            (j for j in range(i - 1, -1, -1) if tokens[j].pos in ("VERB", "SCONJ") or tokens[j].text in STOPS), i
        )
        if tokens[verb].pos != "VERB" or verb >= token.head:
            continue
        top = token.head
        for _ in tokens:  # the name must itself stand in the verb's clause without a preposition of its own
            if tokens[top].head in (top, verb):
                break
            top = tokens[top].head
        if tokens[top].head != verb or (any(_cased(tokens, j) for j in (top, token.head)) and not is_time(head)):
            continue
        hang(tokens, i, verb, "obl")


def auspices(tokens: list[Token], groups: Collection[int]) -> None:
    """قطعت علاقاتها … بوساطة سعودية: what others lend to an act is no part of it where the verb has its object."""
    for i in range(1, len(tokens) - 1):
        case, token, after = tokens[i - 1], tokens[i], tokens[i + 1]
        lent = case.text == "ب" and case.head == i and key(token.text) in _auspices()
        verb = token.head
        if not lent or tokens[verb].pos != "VERB" or not (i + 1 in groups or after.pos in ("ADJ", "PROPN")):
            continue
        if any(t.head == verb and t.dep in ("obj", "nsubj:pass") for t in tokens):
            tokens[i - 1] = replace(case, lemma=f"ب_{token.lemma}")


def grounded(tokens: list[Token]) -> None:
    """سحبت سفيرها، احتجاجاً على القصف: the ground of an act hangs on the act's verb, and its own dates on it."""
    for i in range(1, len(tokens) - 1):
        if tokens[i].pos in ("NOUN", "ADV", "ADJ") and key(tokens[i].text) in _grounds() and tokens[i + 1].pos == "ADP":
            verb = next((j for j in range(i - 1, -1, -1) if tokens[j].pos == "VERB"), None)
            if verb is not None and tokens[i].head != verb and tokens[verb].dep != "acl:relcl":
                hang(tokens, i, verb, "obl")


@cache
def _grounds() -> frozenset[str]:
    return frozenset(map(key, word_list("grounds.txt")))


def visitors(tokens: list[Token], groups: Collection[int]) -> None:
    """في أول زيارة لرئيس أمريكي إلى كوبا: behind ل stands who pays the visit, where it is a man and no state.

    Such a phrase tells again what a verb before it told, so it names nobody as visited and nobody as visitor.
    """
    for i in sorted(groups):
        token = tokens[i]
        if i < 2 or tokens[i - 1].text != "ل" or tokens[i - 1].head != i:
            continue
        title = key(token.text.split()[0].removeprefix("ل").removeprefix("ال")) in _titles()
        near = range(i - 2, max(-1, i - NEAR_VISIT), -1)
        noun = next((j for j in near if tokens[j].lemma in VISITS or j in groups or tokens[j].pos == "VERB"), i)
        if tokens[noun].lemma in VISITS and (title or token.morph == "NameType=Prs"):
            tokens[i - 1] = replace(tokens[i - 1], lemma="ل_زائر")


@cache
def _titles() -> frozenset[str]:
    return frozenset(map(key, word_list("roles.txt")))


@cache
def _auspices() -> frozenset[str]:
    return frozenset(map(key, word_list("auspices.txt")))


def _cased(tokens: list[Token], i: int) -> bool:
    return any(t.head == i and t.dep == "case" for t in tokens)
