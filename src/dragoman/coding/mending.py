"""Parses mended: the parser's commonest slips about names, dates and clauses, each undone where the words show it."""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding.days import clauses_behind_days, events_behind_days, objects_behind_days, phrases_behind_days
from dragoman.coding.gerunds import free_gerunds
from dragoman.coding.hanging import (
    days_after_conjunctions,
    days_after_later_verbs,
    days_before_commas,
    days_to_be_done,
)
from dragoman.coding.regrouping import hang_modifiers, join_names, name_relations, pair_names, pair_parties, pair_places
from dragoman.coding.sayings import (
    complete_sayings,
    free_judged_objects,
    hang_comments,
    has,
    join_sayings,
    part_sayings,
)
from dragoman.coding.sentences import Unit
from dragoman.coding.tree import base
from dragoman.language.grammar import Grammar, grammar
from dragoman.language.reporting import reporting
from dragoman.language.sentence import Sentence, Token
from dragoman.language.stand_ins import stand_ins

LONGEST_ASIDE = 14  # tokens between the commas behind a subject: "Colombia, which had recalled its envoy, accused …"


def mended(sentence: Sentence, unit: Unit, language: str) -> Sentence:
    """The parse with the parser's commonest slips about names and dates mended."""
    tokens = list(sentence.tokens)
    dates = {
        i
        for i, t in enumerate(tokens)
        for d in unit.dates
        if t.start < d.end - unit.start and d.start - unit.start < t.end
    }
    names = {
        i
        for i, t in enumerate(tokens)
        for m in unit.mentions
        if m.form not in ("adj", "pronoun", "pair") and t.start < m.end - unit.start and m.start - unit.start < t.end
    }
    if not stand_ins(language):  # not a trained parser: its trees have other weak sides
        _free_subjects(tokens, dates, set())
        return replace(sentence, tokens=tuple(tokens))
    name_relations(tokens, names, grammar(language)["relational"])
    _free_subjects(tokens, dates, names)
    _free_objects(tokens, dates)
    pair_names(tokens, names)
    pair_parties(tokens, grammar(language)["between"])
    pair_places(tokens, names)
    join_names(tokens, names)
    days_before_commas(tokens, dates)
    days_after_conjunctions(tokens, dates)
    hang_modifiers(tokens, names, grammar(language)["modifier"])
    clauses_behind_days(tokens, dates, reporting(language).lemmas)
    objects_behind_days(tokens, dates)
    events_behind_days(tokens, dates, grammar(language)["of"])
    phrases_behind_days(tokens, dates, grammar(language)["of"])
    free_gerunds(tokens, grammar(language)["governing"])
    _hang_participles(tokens)
    _line_up(tokens)
    part_sayings(tokens, reporting(language).lemmas)
    _part_tenses(tokens, grammar(language))
    _name_things(tokens, grammar(language)["naming"])
    _free_predicates(tokens)
    _find_subjects(tokens, names, dates, grammar(language))
    _part_clauses(tokens)
    join_sayings(tokens, reporting(language).lemmas)
    complete_sayings(tokens, reporting(language).lemmas)
    free_judged_objects(tokens, grammar(language)["predicative"])
    hang_comments(tokens, grammar(language)["said-thing"])
    days_after_later_verbs(tokens, dates)
    days_to_be_done(tokens, dates, grammar(language)["resolving"])
    return replace(sentence, tokens=tuple(tokens))


def _free_subjects(tokens: list[Token], dates: set[int], names: set[int]) -> None:
    """ "On Monday Azerbaijan shot …": parts a name and the date that the parser glued to it; lets no date act."""
    for i in dates:
        if tokens[i].dep in ("obj", "nsubj", "iobj", "xcomp") and tokens[i].head != i and " " in tokens[i].text:
            tokens[i] = replace(tokens[i], dep="obl")  # a date does not act, nor is it acted upon
        name = i + 1
        if name >= len(tokens) or name in dates or not (tokens[name].pos == "PROPN" or name in names):
            continue
        glued = (tokens[name].head == i and tokens[name].dep in ("flat", "compound", "appos", "nmod")) or (
            tokens[i].head == name and tokens[i].dep in ("flat", "compound", "nmod")
        )
        verb = next(
            (
                k
                for k in range(name + 1, min(len(tokens), name + 12))
                if tokens[k].pos == "VERB" and "VerbForm=Fin" in tokens[k].morph
            ),
            None,
        )
        if not glued or verb is None or any(t.head == verb and t.dep.startswith("nsubj") for t in tokens):
            continue
        outer = tokens[name].head if tokens[i].head == name else tokens[i].head
        tokens[i] = replace(tokens[i], head=verb if outer in (i, name) else outer, dep="obl")
        if tokens[i].head == i:
            tokens[i] = replace(tokens[i], head=verb)
        for k, t in enumerate(tokens):
            if t.head == name and k < i:
                tokens[k] = replace(t, head=i)
        tokens[name] = replace(tokens[name], head=verb, dep="nsubj")


def _free_objects(tokens: list[Token], dates: set[int]) -> None:
    """ "Shot down five aircraft that day": parts a noun that the parser glued to the date behind it."""
    for i in dates:
        noun = i - 1
        verb = tokens[i].head
        if noun < 1 or noun in dates or tokens[noun].head != i or tokens[noun].dep not in ("compound", "amod", "nmod"):
            continue
        if tokens[noun].pos not in ("NOUN", "PROPN") or tokens[verb].pos not in ("VERB", "ADJ") or verb > noun:
            continue
        if has(tokens, noun, "case"):  # "was due in Tokyo next week"
            tokens[noun] = replace(tokens[noun], head=verb, dep="obl")
            continue
        if any(t.head == verb and t.dep == "obj" for t in tokens):
            continue
        tokens[noun] = replace(tokens[noun], head=verb, dep="obj")
        for k, t in enumerate(tokens):
            if t.head == i and k < noun:
                tokens[k] = replace(t, head=noun)


def _line_up(tokens: list[Token]) -> None:
    """ "Slapped sanctions on Chile, expelled its envoy and …": a past tense behind a comma that has no subject and no
    conjunction is one more act of the verb before it, whatever the parser made of it."""
    for i, token in enumerate(tokens):
        if token.pos != "VERB" or token.dep not in ("xcomp", "ccomp", "advcl") or token.head >= i:
            continue
        if "Tense=Past" not in token.morph or "VerbForm=Fin" not in token.morph or tokens[token.head].pos != "VERB":
            continue
        if any(t.head == i and base(t.dep) in ("nsubj", "mark", "aux", "csubj", "cop") for t in tokens):
            continue
        before = i - 1
        while before > token.head and tokens[before].pos == "ADV":
            before -= 1
        if tokens[before].text == ",":
            tokens[i] = replace(token, dep="conj")


def _hang_participles(tokens: list[Token]) -> None:
    """ "Under the deal reached by …": a bare participle right behind a noun belongs to it, not to the verb after."""
    for i, token in enumerate(tokens):
        if i == 0 or token.dep != "advcl" or "Voice=Pass" not in token.morph or "VerbForm=Part" not in token.morph:
            continue
        if tokens[i - 1].pos == "NOUN" and not any(
            t.head == i and base(t.dep) in ("nsubj", "aux", "mark", "cc") for t in tokens
        ):
            tokens[i] = replace(token, head=i - 1, dep="acl")


def _part_tenses(tokens: list[Token], words: Grammar) -> None:
    """ "Cohen said the raids would go on and **warned** Baghdad": no past tense stands under "would" or "will"."""
    modal = words["future"] | words["hypothetical"]
    for i, token in enumerate(tokens):
        inner = tokens[token.head]
        if token.dep != "conj" or inner.dep != "ccomp" or token.head >= i or "Tense=Past" not in token.morph:
            continue
        if "VerbForm=Fin" not in token.morph or any(
            t.head == i and base(t.dep) in ("nsubj", "aux", "mark") for t in tokens
        ):
            continue
        if any(t.head == token.head and t.dep == "aux" and t.lemma.lower() in modal for t in tokens):
            tokens[i] = replace(token, head=inner.head)


def _name_things(tokens: list[Token], naming: frozenset[str]) -> None:
    """ "Called that step a mistake", "branded Chile's move a crime": a noun that the parser took for a verb."""
    for i, token in enumerate(tokens):
        if token.dep != "xcomp" or token.pos != "VERB" or tokens[token.head].lemma.lower() not in naming:
            continue
        before = [k for k, t in enumerate(tokens) if t.head == i and k < i and t.dep in ("nsubj", "nmod:poss", "det")]
        after = next((k for k, t in enumerate(tokens) if t.head == i and k > i and t.dep == "obj"), None)
        if not before or after is None or any(t.head == i and t.dep in ("mark", "aux") for t in tokens):
            continue
        tokens[i] = replace(token, pos="NOUN", dep="obj", morph="")
        tokens[after] = replace(tokens[after], head=token.head, dep="xcomp")
        for k in before:
            if tokens[k].dep == "nsubj":
                tokens[k] = replace(tokens[k], dep="det" if tokens[k].pos in ("PRON", "DET") else "nmod:poss")


def _free_predicates(tokens: list[Token]) -> None:
    """ "Is due in Riga", "was absent from Lima": an adjective that the parser hung on the place as if a preposition."""
    for i, token in enumerate(tokens):
        place = token.head
        if token.pos != "ADJ" or token.dep != "case" or place <= i or not has(tokens, place, "cop"):
            continue
        tokens[i] = replace(token, head=tokens[place].head if tokens[place].head != place else i, dep=tokens[place].dep)
        for k, t in enumerate(tokens):
            if t.head == place and k != i and (k < i or t.dep not in ("case", "det", "amod", "nmod", "compound")):
                tokens[k] = replace(t, head=i)
        tokens[place] = replace(tokens[place], head=i, dep="obl")


def _find_subjects(tokens: list[Token], names: set[int], dates: set[int], words: Grammar) -> None:
    """ "…, the ambassador, Joseph Prueher, delivered …": a name before a finite verb that has no subject."""
    for i in names:
        if tokens[i].dep == "vocative" and i < tokens[i].head and not has(tokens, tokens[i].head, "nsubj"):
            tokens[i] = replace(tokens[i], dep="nsubj")  # news addresses nobody
    for verb, token in enumerate(tokens):
        if token.pos != "VERB" or "VerbForm=Fin" not in token.morph or token.dep == "acl:relcl":
            continue
        if any(t.head == verb and base(t.dep) in ("nsubj", "csubj", "expl") for t in tokens):
            continue
        name = _name_before(tokens, verb, names, words)
        if name is None:
            continue
        if tokens[name].dep == "conj":
            _part_coordinated(tokens, verb, name)
            continue
        cases = [k for k, t in enumerate(tokens) if t.head == name and t.dep == "case" and k < name]
        if tokens[name].dep not in ("obl", "appos", "nmod", "obj", "flat", "compound"):
            continue
        if token.dep == "conj" and (not cases or any(t.head == verb and t.dep == "cc" for t in tokens)):
            continue
        if any(k not in dates and tokens[k].text.lower() not in words["counting"] for k in cases):
            continue  # only a word that introduces a clause too: "after the envoy, J. Prueher, delivered"
        above, seen = tokens[name].head, {name}
        while above not in seen and above != verb:
            seen.add(above)
            above = tokens[above].head
        if above != verb and tokens[name].dep in ("flat", "compound"):
            continue
        if tokens[verb].head == name:  # the verb hung on its own subject
            tokens[verb] = replace(tokens[verb], head=tokens[name].head)
        for k in cases:
            tokens[k] = replace(tokens[k], head=verb, dep="mark")
            if tokens[verb].dep in ("parataxis", "xcomp", "conj"):
                tokens[verb] = replace(tokens[verb], dep="advcl")
        tokens[name] = replace(tokens[name], head=verb, dep="nsubj")


def _name_before(tokens: list[Token], verb: int, names: set[int], words: Grammar) -> int | None:
    """The name right before a verb and its adverbs, or before a phrase between two commas that stands there."""
    name, comma = verb - 1, False
    while name >= 0 and tokens[name].pos in ("PUNCT", "ADV", "AUX") and tokens[name].text not in ".;:()—–":
        comma |= tokens[name].text == ","
        name -= 1
    if name < 0:
        return None
    if name in names and (not comma or "," in tokens[name].text or _set_off(tokens, name)):
        return name
    if not comma:
        return None
    opening = next((k for k in range(name, max(0, name - LONGEST_ASIDE), -1) if tokens[k].text == ","), None)
    if opening is None or opening - 1 not in names:
        return None
    first = tokens[opening + 1]
    finite = any("VerbForm=Fin" in t.morph for t in tokens[opening + 1 : name + 1])
    aside = first.text.lower() in words["relative"] if finite else first.pos == "ADP"
    return opening - 1 if aside else None


def _part_coordinated(tokens: list[Token], verb: int, name: int) -> None:
    """ "Sudan expelled the workers and **Egypt**, for its part, **accused** …": no object of the first verb's."""
    joint = next((k for k, t in enumerate(tokens) if t.head == name and t.dep == "cc" and k < name), None)
    if joint is None or any(t.head == verb and t.dep == "cc" for t in tokens):
        return
    first = tokens[name].head
    while tokens[first].pos != "VERB" and tokens[first].head != first:
        first = tokens[first].head
    if tokens[first].pos != "VERB" or first == verb or first > name:
        return
    tokens[verb] = replace(tokens[verb], head=first, dep="conj")
    tokens[joint] = replace(tokens[joint], head=verb)
    tokens[name] = replace(tokens[name], head=verb, dep="nsubj")


def _part_clauses(tokens: list[Token]) -> None:
    """ "… welcomed the accord, but the opposition attacked it": a noun with a finite verb of its own is no object."""
    for verb, token in enumerate(tokens):
        noun = token.head
        if token.dep != "acl" or token.pos != "VERB" or "VerbForm=Fin" not in token.morph or noun >= verb:
            continue
        first = tokens[noun].head
        if tokens[noun].dep != "conj" or any(t.head == verb and base(t.dep) in ("nsubj", "mark") for t in tokens):
            continue
        outer = tokens[first].head
        if tokens[outer].pos != "VERB" or base(tokens[first].dep) not in ("obj", "obl", "nmod"):
            continue
        tokens[verb] = replace(token, head=outer, dep="conj")
        tokens[noun] = replace(tokens[noun], head=verb, dep="nsubj")
        for k, t in enumerate(tokens):
            if t.head == noun and t.dep in ("cc", "punct") and k < noun:
                tokens[k] = replace(t, head=verb)


def _set_off(tokens: list[Token], name: int) -> bool:
    """Whether a comma stands before a name and its article."""
    before = name - 1
    while before >= 0 and tokens[before].pos in ("DET", "ADJ"):
        before -= 1
    return before >= 0 and tokens[before].text == ","
