"""Did it happen: what auxiliaries, negation and the words above a predicate say of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.coding.arguments import BY_WORD, carrier
from dragoman.coding.candidates import Candidate
from dragoman.coding.reading import Status
from dragoman.coding.tree import VERBAL, Tree, base
from dragoman.language.grammar import Grammar
from dragoman.language.operators import Operator, operators

CARRIES = frozenset(
    {"conj", "xcomp", "ccomp", "advcl", "acl", "csubj", "obj", "nsubj", "nsubj:pass", "obl", "nmod", "compound"}
)
WEIGHT = {"negated": 5, "cancelled": 4, "hypothetical": 3, "planned": 2, "ongoing": 1, "occurred": 0}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status and the word that says so."""

    status: Status
    word: str

    def __str__(self) -> str:
        return f"{self.status}: “{self.word}”" if self.word else ""


def status_of(tree: Tree, candidate: Candidate, grammar: Grammar) -> Verdict:
    """The status of a candidate.

    The predicate's own auxiliaries and negation speak first, then every verb or noun above that governs it as a
    complement, object or subject. A negated operator turns round ("did not rule out": hypothetical).
    """
    own = candidate.frame.status
    verdicts = [Verdict(own, tree.tokens[candidate.index].text)] if own else []  # type: ignore[arg-type]
    index = candidate.index
    said = own == "occurred"  # the negation is part of the phrase: "n'a pas mâché ses mots"
    verdicts += [v for v in _local(tree, index, grammar) if not (said and v.status == "negated")]
    for noun in candidate.consumed:
        verdicts += [v for v in _local(tree, noun, grammar) if v.status == "negated"]
    verdicts += _nothing(tree, candidate, grammar)
    verdicts += _above(tree, index, candidate, grammar)
    if not verdicts:
        return Verdict("occurred", "")
    return max(verdicts, key=lambda v: WEIGHT[v.status])


def _nothing(tree: Tree, candidate: Candidate, grammar: Grammar) -> list[Verdict]:
    """ "Flew no troops in", "no ship has been sent": an act that has nothing for its object did not happen."""
    if candidate.frame.pos != "v":
        return []
    kids = [c for i in candidate.arguments.obj for c in tree.kids(i, "det")]
    return [Verdict("negated", tree.tokens[c].text) for c in kids if tree.tokens[c].text.lower() in grammar["negation"]]


def _local(tree: Tree, index: int, grammar: Grammar) -> list[Verdict]:
    """What the words around a predicate say: "will not meet", "no talks", "if they sign"."""
    found: list[Verdict] = []
    token = tree.tokens[index]
    verbal = token.pos in VERBAL
    for child in tree.children[index]:
        kid = tree.tokens[child]
        lemma, text, dep = kid.lemma.lower(), kid.text.lower(), base(kid.dep)
        if (dep in ("advmod", "det", "neg", "cc") or kid.pos == "PART") and (
            lemma in grammar["negation"] or text in grammar["negation"]
        ):
            if not (text == "no" and _no_longer(tree, child)):
                found.append(Verdict("negated", kid.text))
        elif dep == "case" and text in grammar["without"]:
            found.append(Verdict("negated", kid.text))
        elif dep == "aux" and verbal:
            found += _auxiliary(tree, child, index, grammar)
        elif dep == "mark" and kid.pos == "PART" and verbal and child > 0:
            found += _before_infinitive(tree, child, grammar)
        elif dep == "mark" and lemma in grammar["conditional"]:
            found.append(Verdict("hypothetical", kid.text))
    if verbal and "Tense=Fut" in token.morph:
        found.append(Verdict("planned", token.text))
    if verbal and "Mood=Cnd" in token.morph:
        found.append(Verdict("hypothetical", token.text))
    return found


def _before_infinitive(tree: Tree, mark: int, grammar: Grammar) -> list[Verdict]:
    """ "Are to meet", "due to meet": what stands before the infinitive, whatever the tree made of it."""
    word = tree.tokens[mark - 1]
    if word.pos == "AUX" and word.lemma.lower() == "be" and "VerbForm=Fin" in word.morph:
        return [Verdict("planned", f"{word.text} to")]
    if word.pos in ("ADJ", "ADP", "VERB", "ADV"):
        for rule in operators(grammar.language).of(word.lemma.lower()) or operators(grammar.language).of(
            word.text.lower()
        ):
            if rule.status == "planned" and (not rule.governs or "xcomp" in rule.governs):
                negated = any(v.status == "negated" for v in _local(tree, mark - 1, grammar))
                status = rule.negated_status if negated else rule.status
                return [Verdict(status, word.text)] if status else []  # type: ignore[arg-type]
    return []


def _no_longer(tree: Tree, index: int) -> bool:
    following = index + 1
    return following < len(tree.tokens) and tree.tokens[following].text.lower() in ("longer", "less", "more")


def _auxiliary(tree: Tree, child: int, index: int, grammar: Grammar) -> list[Verdict]:
    kid = tree.tokens[child]
    lemma, text = kid.lemma.lower(), kid.text.lower()
    if lemma in grammar["future"] or text in grammar["future"] or "Tense=Fut" in kid.morph:
        return [Verdict("planned", kid.text)]
    if "Mood=Cnd" in kid.morph:
        return [Verdict("hypothetical", kid.text)]
    if lemma in grammar["hypothetical"] or text in grammar["hypothetical"]:
        if text in ("'d", "’d") and "VerbForm=Part" in tree.tokens[index].morph:
            return []
        return [Verdict("hypothetical", kid.text)]
    return []


def _above(tree: Tree, index: int, candidate: Candidate, grammar: Grammar) -> list[Verdict]:
    """What governing words say, from the nearest up, until a clause that stands by itself."""
    found: list[Verdict] = []
    table = operators(grammar.language)
    done = carrier(tree, index, grammar) if candidate.frame.type in BY_WORD else None
    below = index
    passed = occasion = False
    for ancestor in tree.ancestors(index):
        dep = tree.tokens[below].dep
        if (dep not in CARRIES and base(dep) not in CARRIES) or dep == "acl:relcl" or _when(tree, below):
            break
        relation = base(dep)
        conjunct = relation == "conj"
        beside = relation == "obl" and tree.preposition(below) in grammar["occasion"]
        occasion |= beside
        lemma = tree.tokens[ancestor].lemma.lower()
        if (occasion and lemma in grammar["resolving"]) or (beside and lemma in grammar["asking"]):
            break  # "agreed to reopen the border after talks", "urged restraint at a meeting": there they did so
        if ancestor not in candidate.tokens:
            rules = table.of(operator_lemma(tree, ancestor))
            settled = candidate.frame.type in BY_WORD and lemma in grammar["deciding"]  # decided on is done
            matching = None if ancestor == done or settled else _first(rules, relation)
            if matching is not None and not conjunct:
                negated = any(v.status == "negated" for v in _local(tree, ancestor, grammar))
                status = matching.negated_status if negated else matching.status
                if status is not None:
                    found.append(Verdict(status, tree.tokens[ancestor].text))  # type: ignore[arg-type]
                if matching.transparent:
                    found += _local(tree, ancestor, grammar)
            elif relation in ("xcomp", "conj", "acl") and not passed:
                local = _local(tree, ancestor, grammar)
                if conjunct:
                    local = [v for v in local if v.status in ("planned", "hypothetical") and not _has_own(tree, below)]
                found += local
            elif relation == "ccomp" and not passed:
                local = _local(tree, ancestor, grammar)
                found += [Verdict("hypothetical", v.word) for v in local if v.status == "hypothetical"]
            elif relation == "advcl" and "VerbForm=Ger" not in tree.tokens[below].morph:
                break
            elif relation in ("obl", "nmod", "nsubj", "obj") and tree.tokens[ancestor].pos in VERBAL:
                passed = True
        below = ancestor
        if tree.tokens[ancestor].dep.lower() == "root":
            break
    return found


def _when(tree: Tree, index: int) -> bool:
    """Whether a clause tells when or why the verb above it came about, a time of its own: "refused when he visited"."""
    token = tree.tokens[index]
    finite = "VerbForm=Fin" in token.morph or any(
        "VerbForm=Fin" in tree.tokens[c].morph for c in tree.kids(index, "aux")
    )
    return (
        token.dep == "advcl" and finite and bool(tree.kids(index, "nsubj")) and bool(tree.kids(index, "mark", "advmod"))
    )


def operator_lemma(tree: Tree, index: int) -> str:
    """The lemma of a governing word, with its particle: `call_off`."""
    lemma = tree.tokens[index].lemma.lower()
    for child in tree.children[index]:
        if tree.tokens[child].dep == "compound:prt":
            return f"{lemma}_{tree.tokens[child].lemma.lower()}"
    return lemma


def _has_own(tree: Tree, index: int) -> bool:
    return bool(tree.kids(index, "aux", "nsubj"))


def _first(rules: Iterable[Operator], relation: str) -> Operator | None:
    for rule in rules:
        if rule.governs and relation not in rule.governs:
            continue
        return rule
    return None
