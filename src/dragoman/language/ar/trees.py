"""What the trained tree often gets wrong and word order tells for sure: small amendments after parsing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache

from dragoman.language.ar.clauses import (
    auspices,
    bare_obliques,
    counted,
    described_as,
    expected,
    grounded,
    had,
    is_time,
    late_arguments,
    listed,
    stray_phrases,
    subject_first,
    swapped,
    visitors,
)
from dragoman.language.ar.infinitives import infinitives
from dragoman.language.ar.lexicon import word_list
from dragoman.language.ar.normalise import bare, key
from dragoman.language.ar.order import word_order
from dragoman.language.ar.relatives import resumed
from dragoman.language.ar.topics import deemed, taken_up, topics
from dragoman.language.sentence import Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X"})
SUBJECTS = ("nsubj", "nsubj:pass")
THAT = frozenset({"أن", "إن", "أنّ", "إنّ", "ان"})
TIMES = frozenset(map(key, ("أمس", "اليوم", "غدا", "يوم", "مساء", "صباح", "فجر", "ليل", "أسبوع", "شهر", "عام", "سنة")))
MOVABLE = frozenset({"punct", "cc", "obl", "obl:tmod", "mark", "advcl", "advmod", "conj"})
PAIRS = frozenset(map(key, ("البلدين", "الجانبين", "الطرفين", "الدولتين", "الجارتين", "الحليفين", "الرئيسين")))
INNER = frozenset({"nmod", "appos", "flat", "dep", "compound", "conj"})


@cache
def _roles() -> frozenset[str]:
    return frozenset(key(word) for word in word_list("roles.txt"))


def amend(tokens: Sequence[Token], groups: Collection[int] = ()) -> list[Token]:
    """The tokens with heads and labels made consistent. `groups` are the indices of tokens given as groups."""
    fixed = list(tokens)
    _root(fixed)
    _prepositions(fixed)
    _pronouns(fixed)
    _names(fixed, groups)
    _clauses(fixed)
    _subject_first(fixed)
    counted(fixed)
    subject_first(fixed, groups)
    had(fixed)
    expected(fixed)
    for i, token in enumerate(fixed):
        if token.dep in ("obj", *SUBJECTS) and (
            (token.pos in ("NOUN", "ADV") and key(token.lemma) in TIMES) or (is_time(token) and not _has_case(fixed, i))
        ):
            fixed[i] = replace(token, dep="obl:tmod")
    stray_phrases(fixed, groups)
    late_arguments(fixed, groups)
    bare_obliques(fixed, groups)
    swapped(fixed, groups)
    for i, token in enumerate(fixed):
        if token.pos == "VERB":
            _arguments(fixed, i, groups)
    topics(fixed, groups)
    word_order(fixed, groups)
    described_as(fixed)
    deemed(fixed, groups)
    infinitives(fixed, groups)
    listed(fixed, groups)
    _one_tree(fixed)
    grounded(fixed)
    resumed(fixed, groups)
    taken_up(fixed)
    auspices(fixed, groups)
    visitors(fixed, groups)
    return fixed


def _hang(tokens: list[Token], i: int, head: int, dep: str) -> None:
    """Give token `i` a new head, unless that would make a circle."""
    above = head
    for _ in tokens:
        if above == i:
            return
        if tokens[above].head == above:
            break
        above = tokens[above].head
    tokens[i] = replace(tokens[i], head=head, dep=dep)


def _one_tree(tokens: list[Token]) -> None:
    """One root that every token hangs below, whatever the amendments made of the heads."""
    if not tokens:
        return
    roots = [i for i, t in enumerate(tokens) if t.head == i]
    top = roots[0] if roots else next((i for i, t in enumerate(tokens) if t.pos == "VERB"), 0)
    tokens[top] = replace(tokens[top], head=top, dep="root")
    for i in roots[1:]:
        tokens[i] = replace(tokens[i], head=top, dep="parataxis")
    sound = {top}
    for i in range(len(tokens)):
        path: list[int] = []
        while i not in sound and i not in path:
            path.append(i)
            i = tokens[i].head
        if i not in sound:  # a circle
            tokens[i] = replace(tokens[i], head=top, dep="dep")
        sound.update(path)


def _root(tokens: list[Token]) -> None:
    """A verb heads the sentence, not the preposition, conjunction or mark that a small parser may put there."""
    root = next((i for i, t in enumerate(tokens) if t.head == i), None)
    if root is None or tokens[root].pos not in ("ADP", "CCONJ", "PUNCT", "PART"):
        return
    for i, token in enumerate(tokens):
        before = tokens[i - 1] if i else None
        relative = before is not None and ("PronType=Rel" in before.morph or before.pos == "SCONJ")
        if token.pos == "VERB" and not relative:
            tokens[i] = replace(token, head=i, dep="root")
            tokens[root] = replace(tokens[root], head=i, dep="cc" if tokens[root].pos == "CCONJ" else "dep")
            return


def _prepositions(tokens: list[Token]) -> None:
    """A preposition right before a nominal is its `case`; the nominal is then no subject or object."""
    for i in range(len(tokens) - 1):
        token, after = tokens[i], tokens[i + 1]
        if token.pos != "ADP" or after.pos not in NOMINAL or "fixed" in (token.dep, after.dep):
            continue
        if any(t.head == i and t.dep == "fixed" for t in tokens):
            continue
        if token.head != i + 1 and after.head != i and token.dep != "mark":
            _hang(tokens, i, i + 1, "case")
        after = tokens[i + 1]
        if tokens[i].head == i + 1 and tokens[i].dep == "case" and after.head != i + 1:
            relation = "obl" if tokens[after.head].pos in ("VERB", "AUX", "ADJ") else "nmod"
            if after.dep not in ("obl", "nmod", "conj", "advcl", "acl", "root"):
                tokens[i + 1] = replace(after, dep=relation)


def _pronouns(tokens: list[Token]) -> None:
    """A pronoun written onto a verb is its object, onto a noun its possessor."""
    for i in range(1, len(tokens)):
        token, before = tokens[i], tokens[i - 1]
        if token.pos == "PRON" and before.end == token.start and len(token.text) < 4:
            if before.pos == "VERB":
                _hang(tokens, i, i - 1, "obj")
            elif before.pos == "NOUN":
                _hang(tokens, i, i - 1, "nmod")


def _names(tokens: list[Token], groups: Collection[int]) -> None:
    """Words of one name hang on its first word."""
    first = 0
    for i in range(1, len(tokens)):
        token, before = tokens[i], tokens[i - 1]
        run = token.pos == before.pos == "PROPN" and before.end < token.start and not {i, i - 1} & set(groups)
        if not run or token.text.startswith("ال"):
            first = i
        elif token.dep in ("flat", "dep", "obj", "appos") and token.head != first:
            _hang(tokens, i, first, "flat")


def _clauses(tokens: list[Token]) -> None:
    """A verb introduced by أن or إن complements the verb before them; an opening و is a conjunction."""
    for i, token in enumerate(tokens):
        if token.pos == "PART" and token.text in ("و", "ف") and token.dep == "compound:prt":
            tokens[i] = replace(token, pos="CCONJ", dep="cc")
        if token.text not in THAT or token.pos != "SCONJ":
            continue
        verb = next((j for j in range(i + 1, len(tokens)) if tokens[j].pos in ("VERB", "SCONJ")), None)
        outer = next((j for j in range(i - 1, -1, -1) if tokens[j].pos in ("VERB", "SCONJ")), None)
        if verb is None or outer is None or tokens[verb].pos != "VERB" or tokens[outer].pos != "VERB":
            continue
        before = tokens[i - 1]
        wanted = "advcl" if before.pos == "ADP" and before.lemma in ("بعد", "قبل", "منذ", "دون", "رغم") else "ccomp"
        inner = tokens[verb]
        if inner.head == outer and inner.dep in ("ccomp", "xcomp", "advcl", "csubj", "csubj:pass"):
            continue
        if inner.dep == "acl:relcl" and any(t.head == verb and "PronType=Rel" in t.morph for t in tokens):
            continue
        if inner.dep in ("root", "conj"):
            continue
        _hang(tokens, verb, outer, wanted)
        if tokens[i].head != verb:
            _hang(tokens, i, verb, "mark")


def _subject_first(tokens: list[Token]) -> None:
    """A verb without relative pronoun cannot qualify a definite noun, so the noun is its subject."""
    for verb, token in enumerate(tokens):
        noun = token.head
        if token.pos != "VERB" or not token.dep.startswith("acl") or noun >= verb or tokens[noun].pos == "VERB":
            continue
        between = tokens[noun + 1 : verb]
        if any("PronType=Rel" in t.morph or t.pos in ("SCONJ", "VERB", "PUNCT") for t in between):
            continue
        inside = [t for t in between if t.head == noun and t.dep in ("amod", "nmod", "appos")]
        definite = tokens[noun].pos == "PROPN" or any(t.text.startswith("ال") for t in (tokens[noun], *inside))
        above = tokens[noun].head
        if not definite:
            continue
        if tokens[noun].dep in ("root", "parataxis", "ccomp", "conj"):
            tokens[verb] = replace(token, head=verb if above == noun else above, dep=tokens[noun].dep)
            tokens[noun] = replace(tokens[noun], head=verb, dep="nsubj")
            moved = noun
        elif tokens[noun].dep == "nsubj" and tokens[above].pos == "AUX":
            outer = tokens[above]
            tokens[verb] = replace(token, head=verb if outer.head == above else outer.head, dep=outer.dep)
            tokens[above] = replace(outer, head=verb, dep="aux")
            tokens[noun] = replace(tokens[noun], head=verb, dep="nsubj")
            moved = above
        else:
            continue
        for i, other in enumerate(tokens):
            if other.head == moved and i not in (verb, noun, moved) and other.dep in MOVABLE:
                tokens[i] = replace(other, head=verb)


def _arguments(tokens: list[Token], verb: int, groups: Collection[int]) -> None:
    """Subject and object of one verb by word order: a passive has no object; what follows the subject bare is one."""
    kids = [i for i, t in enumerate(tokens) if t.head == verb and i != verb]
    if not any(tokens[i].dep == "obj" for i in kids):
        for i in kids:
            if i > verb and _is_object(tokens, verb, i):
                tokens[i] = replace(tokens[i], dep="obj")
                break
    subjects = [i for i in kids if tokens[i].dep in SUBJECTS]
    objects = [i for i in kids if tokens[i].dep == "obj"]
    if len(subjects) > 1 and not objects:
        late = [i for i in subjects[1:] if i > verb and not _has_case(tokens, i)]
        if late:
            tokens[late[-1]] = replace(tokens[late[-1]], dep="obj")
            objects = [late[-1]]
            subjects = [i for i in subjects if i != late[-1]]
    if not objects and len(subjects) == 1:
        found = _bare_object(tokens, verb, subjects[0], groups)
        if found is not None:
            _hang(tokens, found, verb, "obj")
            objects = [found]
    if not subjects and len(objects) == 1 and objects[0] > verb and tokens[objects[0]].pos != "PRON":
        found = _bare_object(tokens, verb, objects[0], groups)
        if found is not None:
            tokens[objects[0]] = replace(tokens[objects[0]], dep="nsubj")
            _hang(tokens, found, verb, "obj")
    passive = "Voice=Pass" in tokens[verb].morph
    for i in subjects:
        if passive or objects:
            tokens[i] = replace(tokens[i], dep="nsubj:pass" if passive else "nsubj")


def _is_object(tokens: Sequence[Token], verb: int, i: int) -> bool:
    """Whether a bare nominal under the verb must be its object: by ending, agreement or an earlier subject."""
    token = tokens[i]
    if token.pos not in ("NOUN", "PROPN") or _has_case(tokens, i) or key(token.lemma) in TIMES:
        return False
    if token.dep == "nmod":
        return True
    if token.dep not in SUBJECTS or "Voice=Pass" in tokens[verb].morph:
        return False
    if token.text.endswith("اً") or (token.text.endswith("ا") and bare(token.text) == token.lemma + "ا"):
        return True
    relative = verb > 0 and "PronType=Rel" in tokens[verb - 1].morph
    masculine = "Gender=Masc" in tokens[verb].morph and token.pos == "NOUN" and token.text.endswith("ة")
    return i == verb + 1 and (relative or masculine)


def _has_case(tokens: Sequence[Token], i: int) -> bool:
    return any(t.head == i and t.dep == "case" for t in tokens)


def _bare_object(tokens: Sequence[Token], verb: int, subject: int, groups: Collection[int]) -> int | None:
    """A nominal after the subject of a verb-first clause that hangs inside the subject but cannot belong to it."""
    if subject < verb:
        return None
    for i in range(subject + 1, len(tokens)):
        token, before = tokens[i], tokens[i - 1]
        if token.pos in ("VERB", "ADP", "SCONJ", "PUNCT", "CCONJ", "PART") or token.text.startswith("الذ"):
            return None
        if (
            (token.dep not in INNER and not (token.dep in ("amod", "obl", "advcl") and token.pos in ("NOUN", "PROPN")))
            or token.head < subject
            or before.pos in ("ADP", "CCONJ")
        ):
            continue
        if subject in groups and (i in groups or (key(token.text) in PAIRS)) and not is_time(token):
            return i
        owned = i + 1 < len(tokens) and tokens[i + 1].pos == "PRON" and tokens[i + 1].start == token.end
        named = before.pos == "PROPN" or (before.pos == "ADJ" and key(tokens[token.head].lemma) not in _roles())
        accusative = token.text.endswith("اً") or bare(token.text) == token.lemma + "ا"
        if token.pos == "NOUN" and accusative and token.dep in ("nmod", "appos"):
            return i
        definite = token.text.startswith("ال") and tokens[token.head].text.startswith("ال")
        if token.pos == "NOUN" and definite and before.pos == "ADJ":
            return i
        if token.pos == "NOUN" and owned and (named or before.pos in ("ADJ", "PRON")):
            return i
        if token.pos == "PROPN" and (
            (i in groups and (i - 1 in groups or before.pos == "ADJ")) or (named and i in groups)
        ):
            return i
        if token.pos == "PROPN" and token.dep == "appos" and key(tokens[token.head].lemma) not in _roles():
            return i
    return None
