"""Who stands where around a predicate: subject, object, obliques, read off the tree through voice and control."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.coding.tree import VERBAL, Tree, base
from dragoman.language.grammar import Grammar

BY_WORD = frozenset({"SANCTION", "COERCE"})  # acts that are done by announcing them


@dataclass(slots=True)
class Arguments:
    """Heads of a predicate's arguments. `subj` is the agent and `obj` the patient, whatever the voice."""

    subj: list[int] = field(default_factory=list)
    obj: list[int] = field(default_factory=list)
    iobj: list[int] = field(default_factory=list)
    oblique: dict[str, list[int]] = field(default_factory=dict)
    poss: list[int] = field(default_factory=list)
    comp: list[int] = field(default_factory=list)
    passive: bool = False
    inherited: bool = False  # the subject was found through control, coordination or a participle

    def add_oblique(self, preposition: str, index: int) -> None:
        """File a noun under its preposition, once."""
        bucket = self.oblique.setdefault(preposition, [])
        if index not in bucket:
            bucket.append(index)


def arguments(tree: Tree, index: int, grammar: Grammar) -> Arguments:
    """Arguments of the predicate at `index`, verb, noun or adjective."""
    if tree.tokens[index].pos in VERBAL or _is_clausal(tree, index):
        return _verb_arguments(tree, index, grammar, depth=0)
    return _announced(tree, index, grammar, _noun_arguments(tree, index))


def copular(tree: Tree, index: int, grammar: Grammar) -> Arguments:
    """Arguments of the copula at `index`: those of what is said, which is itself one ("is **in Chile** for talks")."""
    said = tree.tokens[index].head
    found = arguments(tree, said, grammar)
    if preposition := tree.preposition(said):
        found.add_oblique(preposition, said)
    elif tree.tokens[said].pos == "NOUN":
        found.obj = [said]
    return found


def _announced(tree: Tree, index: int, grammar: Grammar, found: Arguments) -> Arguments:
    """ "Warsaw announced the expulsion of … and a halt to …": who announces or orders an act is whose act it is."""
    verb = carrier(tree, index, grammar)
    if verb is not None and not any(found.oblique.get(p) for p in grammar.agent_prepositions):
        found.poss += _verb_arguments(tree, verb, grammar, depth=1).subj
    return found


def carrier(tree: Tree, index: int, grammar: Grammar) -> int | None:
    """The verb that carries out what the noun at `index` names, where that is its object, alone or in a list."""
    while tree.tokens[index].dep == "conj" and tree.tokens[index].head != index:
        index = tree.tokens[index].head
    token = tree.tokens[index]
    verb = tree.tokens[token.head]
    carries = token.dep == "obj" and verb.pos in VERBAL and verb.lemma.lower() in grammar["carrier"]
    return token.head if carries else None


def _is_clausal(tree: Tree, index: int) -> bool:
    return bool(tree.kids(index, "nsubj", "cop", "aux")) or (
        tree.tokens[index].pos == "ADJ" and tree.tokens[index].dep in ("acl", "advcl", "xcomp")
    )


def _is_passive(tree: Tree, index: int) -> bool:
    token = tree.tokens[index]
    kids = {tree.tokens[c].dep for c in tree.children[index]}
    if "aux:pass" in kids:
        return True
    if "Voice=Pass" in token.morph and "VerbForm=Part" not in token.morph:
        return True  # a passive by inflection, as Arabic has
    if kids & {"nsubj:pass", "csubj:pass"}:
        # a full sentence has an auxiliary in its passive; without one the parser took an active past for a participle
        return tree.tokens[-1].text not in (".", "!", "?") or base(token.dep) in ("acl", "advcl", "amod")
    if token.dep == "conj" and "Voice=Pass" in token.morph and tree.kids(token.head, "aux:pass"):
        return not kids & {"aux", "obj"}  # "ten were ordered out and the consulate told to close"
    if "nsubj" in kids or "VerbForm=Fin" in token.morph:
        return False
    if token.dep == "conj" and "aux" not in kids and tree.tokens[token.head].pos in VERBAL and token.head != index:
        return "obj" not in kids and _is_passive(tree, token.head)  # "said … and warned": a past, not a participle
    if "Voice=Pass" in token.morph:
        return "obj" not in kids
    if base(token.dep) in ("acl", "amod", "advcl") and token.dep != "acl:relcl":
        past = "VerbForm=Part" in token.morph and ("Tense=Past" in token.morph or "Tense" not in token.morph)
        return past and not kids & {"aux", "obj"}
    return False


def _verb_arguments(tree: Tree, index: int, grammar: Grammar, depth: int) -> Arguments:
    tokens = tree.tokens
    found = Arguments(passive=_is_passive(tree, index))
    surface_subject: list[int] = []
    for child in tree.children[index]:
        relation = tokens[child].dep
        kind = base(relation)
        if kind in ("nsubj", "csubj"):
            surface_subject.append(child)
        elif kind == "obj":
            found.obj.append(_antecedent(tree, child))
        elif kind == "iobj":
            found.iobj.append(child)
        elif kind in ("obl", "nmod"):
            found.add_oblique(tree.preposition(child), _antecedent(tree, child))
        elif kind == "xcomp" and tokens[child].pos == "NOUN" and not found.obj and tree.kids(child, "det"):
            found.obj.append(child)
        elif kind in ("ccomp", "xcomp") or (kind == "advcl" and grammar.is_purpose(tree, child)):
            found.comp.append(child)
        elif (
            kind == "advcl"
            and (marks := tree.kids(child, "mark"))
            and tokens[marks[0]].lemma.lower() in grammar["clausal"]
        ):
            found.comp.append(child)  # "called for continuing", "accused of shelling"
            found.add_oblique(tokens[marks[0]].lemma.lower(), child)
        if kind == "advcl" and tokens[child].pos in ("ADJ", "NOUN"):  # "described it as illegitimate"
            for mark in tree.kids(child, "mark"):
                if tokens[mark].lemma.lower() in grammar["predicative"]:
                    found.add_oblique(tokens[mark].lemma.lower(), child)
    if _lacks_object(tree, index, found, grammar):
        found.obj.append(tokens[index].head)
    surface_subject = [_antecedent(tree, s) for s in surface_subject]
    if not surface_subject and not found.passive:
        surface_subject = _misplaced_subject(tree, index)
    if not surface_subject:
        surface_subject = _inherited_subject(tree, index, grammar, found, depth)
    if found.passive:
        agents = [i for p in grammar.agent_prepositions for i in found.oblique.get(p, [])]
        found.subj = agents
        found.obj = surface_subject + found.obj
    else:
        found.subj = surface_subject
    phrases = [i for preposition, nouns in list(found.oblique.items()) if preposition for i in nouns]
    for noun in [*found.obj, *phrases]:
        _add_inner_obliques(tree, noun, found)
    return found


def _lacks_object(tree: Tree, index: int, found: Arguments, grammar: Grammar) -> bool:
    """ "A charge Peru denies", "the man Chile deported": a relative clause with a subject but no object."""
    token = tree.tokens[index]
    if token.dep != "acl:relcl" or found.passive or found.obj or found.comp or not tree.kids(index, "nsubj"):
        return False
    if any("PronType=Rel" in tree.tokens[i].morph for i in tree.subtree(index)):
        return False
    head = tree.tokens[token.head]
    return head.pos in ("NOUN", "PRON", "PROPN") and head.lemma.lower() not in grammar["setting"]


def _misplaced_subject(tree: Tree, index: int) -> list[int]:
    """A bare name right before a finite verb that the parser hung on it under another label."""
    token = tree.tokens[index]
    if "VerbForm=Fin" not in token.morph:
        return []
    for child in reversed([c for c in tree.children[index] if c < index]):
        kid = tree.tokens[child]
        if kid.pos == "PROPN" and not tree.preposition(child) and base(kid.dep) not in ("obj", "iobj", "punct"):
            return [child]
    return []


def _add_inner_obliques(tree: Tree, noun: int, found: Arguments) -> None:
    """Prepositional phrases hung on an object are offered to the verb too: attachment is the parser's weak side."""
    for child in tree.kids(noun, "nmod", "obl"):
        if tree.tokens[child].dep != "nmod:poss" and child > noun:
            preposition = tree.preposition(child)
            if preposition:
                found.add_oblique(f"obj.{preposition}", child)
                for inner in tree.kids(child, "nmod"):
                    if (p := tree.preposition(inner)) and inner > child:
                        found.add_oblique(f"obj.{p}", inner)


def _antecedent(tree: Tree, subject: int) -> int:
    """The noun that a relative pronoun stands for."""
    token = tree.tokens[subject]
    if token.pos == "PRON" and "PronType=Rel" in token.morph:
        for ancestor in tree.ancestors(subject):
            if tree.tokens[ancestor].dep == "acl:relcl":
                return tree.tokens[ancestor].head
    return subject


def _inherited_subject(tree: Tree, index: int, grammar: Grammar, found: Arguments, depth: int) -> list[int]:
    """The subject of a verb that has none of its own: through coordination, control, participle or relative clause."""
    token = tree.tokens[index]
    head = token.head
    relation = base(token.dep)
    if head == index or depth > 4 or tree.tokens[head].pos == "PUNCT":
        return []
    found.inherited = True
    if token.dep == "acl:relcl":
        if head in found.obj or any(head in nouns for nouns in found.oblique.values()):
            return _holder(tree, head, grammar, depth)
        return [] if found.passive and found.obj else [head]
    if relation == "acl":
        if "VerbForm=Inf" in token.morph and tree.tokens[head].pos not in VERBAL:
            return _controller_of_noun(tree, head, grammar, depth)
        if not found.passive and tree.tokens[head].lemma.lower() in grammar["document"]:
            return _controller_of_noun(tree, head, grammar, depth) or [head]  # "passed a resolution condemning …"
        return [head]
    if relation == "amod":
        return [head]
    if tree.tokens[head].pos not in VERBAL and not _is_clausal(tree, head):
        if relation == "conj" and tree.tokens[head].pos not in ("NOUN", "PROPN", "PRON"):
            return _noun_arguments(tree, head).poss
        return []
    outer = _verb_arguments(tree, head, grammar, depth + 1)
    surface = outer.obj if outer.passive else outer.subj
    if relation == "conj":
        # "was pulled from a car and beaten": the passive is shared where the second verb has no auxiliary of its own
        if outer.passive and not found.passive and not tree.kids(index, "aux", "obj") and "Part" in token.morph:
            found.passive = True
        return surface
    if relation in ("xcomp", "ccomp", "advcl"):
        purpose = any(tree.tokens[m].lemma.lower() in grammar["purpose"] for m in tree.kids(index, "mark"))
        if purpose and not any("VerbForm=Inf" in tree.tokens[a].morph for a in tree.kids(index, "aux")):
            return surface  # "broke off relations with Israel in order to protest"; not "punished it for having left"
        controls = relation != "advcl" or any(
            tree.tokens[m].lemma.lower() in grammar["control"] for m in tree.kids(index, "mark")
        )  # "blamed Tokyo for removing …"
        if controls and (outer.obj or outer.iobj) and not outer.passive:
            return outer.iobj or outer.obj
        return surface
    return surface if relation == "parataxis" else []


def _controller_of_noun(tree: Tree, noun: int, grammar: Grammar, depth: int) -> list[int]:
    """Who is to act in "Jordan's decision to recall …", "a plan by Jordan to …"; else the subject of the verb above."""
    owners = _noun_arguments(tree, noun)
    if owners.poss or owners.oblique.get("by"):
        return owners.poss or owners.oblique["by"]
    head = tree.tokens[noun].head
    if head != noun and tree.tokens[head].pos in VERBAL:
        return _verb_arguments(tree, head, grammar, depth + 1).subj
    return []


def _holder(tree: Tree, noun: int, grammar: Grammar, depth: int) -> list[int]:
    """Who acts in a clause that takes its noun up elsewhere: "زيارة التقى خلالها نظيره", whoever paid the visit."""
    above = tree.tokens[noun].head
    if above == noun or tree.tokens[above].pos not in VERBAL:
        return _noun_arguments(tree, noun).poss
    outer = _verb_arguments(tree, above, grammar, depth + 1)
    return outer.obj if outer.passive else [i for i in outer.subj if i != noun]


def _noun_arguments(tree: Tree, index: int) -> Arguments:
    tokens = tree.tokens
    found = Arguments()
    for child in tree.children[index]:
        relation = tokens[child].dep
        kind = base(relation)
        preposition = tree.preposition(child)
        if relation == "nmod:poss" or (kind in ("nmod", "compound", "amod", "det") and not preposition):
            found.poss.append(child)
        elif kind in ("nmod", "obl"):
            found.add_oblique(preposition, child)
            for inner in tree.kids(child, "nmod"):
                if (p := tree.preposition(inner)) and inner > child:
                    found.add_oblique(f"obj.{p}", inner)
        elif kind in ("acl", "ccomp", "xcomp"):
            found.comp.append(child)
    head = tokens[index].head
    if head != index and tokens[index].dep.startswith("obj") and tokens[head].pos in VERBAL:
        # "held a meeting … with X": the phrase may hang on the light verb
        for child in tree.kids(head, "obl"):
            if child > index and (p := tree.preposition(child)):
                found.add_oblique(p, child)
    return found
