"""Mends French trees where the one acted upon stands in an odd place: "s'est vu infliger", "que Rabat accuse"."""

from __future__ import annotations

from dataclasses import replace

from dragoman.language.edits import children
from dragoman.language.fr.clauses import TIMES
from dragoman.language.lemmas import Lemmas
from dragoman.language.sentence import Token

SUFFERING = frozenset({"voir", "faire", "laisser", "entendre"})  # se voir refuser, se faire expulser
SELF = frozenset({"se", "s'", "s’"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
THAT = frozenset({"que", "qu'", "qu’"})
CONTENT = frozenset(  # nouns that "que" tells the content of
    "annonce aveu certitude condition constat conviction crainte doute espoir fait hypothèse idée illusion impression"
    " indice information opinion ordre preuve principe prétexte rumeur sentiment signe soupçon thèse vœu".split()
)
RELATIVES = THAT | {"qui", "dont", "lequel", "laquelle", "lesquels", "lesquelles", "auquel", "à laquelle"}
PREPOSITIONS = frozenset({"à", "de", "d'", "d’", "pour", "sans"})
GIVING = frozenset(  # "se voir infliger une amende": the subject is who gets it
    "accorder adresser attribuer confier confisquer décerner demander imposer infliger interdire notifier octroyer"
    " offrir opposer ordonner promettre proposer refuser remettre reprocher retirer signifier supprimer".split()
)
LIGHT = frozenset("demander donner faire porter prendre prêter tenir".split())  # verbs with bare nouns
PARTITIVE = frozenset(
    "acheter acheminer apporter donner envoyer expédier fournir jeter lâcher livrer mettre vendre".split()
)
NUMBERS = frozenset(
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante"
    " cinquante soixante septante octante nonante cent cents mille quatre-vingt vingts et un une".split()
)
CLITICS = frozenset({"l'", "l’", "le", "la", "les", "lui", "leur"})


def mend_patients(tokens: list[Token], lemmas: Lemmas) -> None:
    """Mends `tokens` in place."""
    _plain_objects(tokens, lemmas)
    _perfects(tokens)
    _seen(tokens)
    _set_off_relatives(tokens)
    _relative_objects(tokens)
    _object_pronouns(tokens, lemmas)
    _second_objects(tokens)
    _nominal_participles(tokens)
    _infinitives(tokens, lemmas)
    _numbers(tokens)
    _fronted(tokens)


def _seen(tokens: list[Token]) -> None:
    """ "Wellington s'est vu infliger une amende par Paris": the subject of "se voir" is whom the infinitive acts on."""
    for verb, token in enumerate(tokens):
        if token.lemma not in SUFFERING or token.pos not in ("VERB", "AUX"):
            continue
        kids = children(tokens, verb)
        near = range(verb + 1, min(verb + 4, len(tokens)))
        act = next((k for k in near if "VerbForm=Inf" in tokens[k].morph or tokens[k].text in GIVING), None)
        oneself = any(tokens[k].text.lower() in SELF for k in range(max(0, verb - 4), verb))
        if act is not None and oneself and tokens[verb].head == act:
            for k in children(tokens, act):  # "s'est fait expulser": the tree has it as an auxiliary already
                if tokens[k].dep in SUBJECTS and k < verb:
                    tokens[k] = replace(tokens[k], dep="nsubj:pass")
                elif verb - 3 <= k < verb:
                    tokens[k] = replace(tokens[k], head=verb)
            tokens[act] = replace(tokens[act], morph="VerbForm=Fin|Voice=Pass")
            tokens[verb] = replace(token, pos="AUX", lemma="être", dep="aux:pass")
        if act is None or not oneself or tokens[act].head != verb:
            continue
        above = verb if token.head == verb else token.head
        tokens[act] = replace(
            tokens[act],
            pos="VERB",
            head=act if above == verb else above,
            dep=token.dep,
            morph="Tense=Past|VerbForm=Part|Voice=Pass" if "Tense=Past" in token.morph else "VerbForm=Fin|Voice=Pass",
        )
        role = "iobj" if tokens[act].lemma in GIVING else "nsubj:pass"
        for k in kids:
            if k == act or tokens[k].text.lower() in SELF or tokens[k].dep.startswith("aux"):
                continue
            dep = role if tokens[k].dep in SUBJECTS else tokens[k].dep
            tokens[k] = replace(tokens[k], head=act, dep=dep)
        _agent(tokens, act)
        tokens[verb] = replace(token, pos="AUX", lemma="être", head=act, dep="aux:pass")


def _agent(tokens: list[Token], act: int) -> None:
    """ "infliger de nouvelles sanctions par le Conseil": who acts hangs on the verb, not on the object before it."""
    for case, token in enumerate(tokens[act + 1 :], act + 1):
        noun = token.head
        if token.text.lower() == "par" and token.dep == "case" and tokens[noun].dep == "nmod" and noun > case:
            tokens[noun] = replace(tokens[noun], head=act, dep="obl:agent")
            return


def _set_off_relatives(tokens: list[Token]) -> None:
    """ "Téhéran, que Washington accuse, nie": the first of two subjects is that of the verb behind."""
    for verb, token in enumerate(tokens):
        if token.pos != "VERB" or token.dep == "acl:relcl":
            continue
        kids = children(tokens, verb)
        subjects = [k for k in kids if tokens[k].dep in SUBJECTS and k < verb]
        if len(subjects) < 2:
            continue
        noun, inner = subjects[0], subjects[-1]
        pronoun = next((k for k in range(noun + 1, inner) if tokens[k].text.lower() in RELATIVES), None)
        if pronoun is None:
            continue
        main = next((k for k in kids if k > verb and tokens[k].dep in ("conj", "obj", "parataxis", "ccomp")), None)
        above = (verb, "root") if token.head == verb else (token.head, token.dep)
        if main is not None and tokens[main - 1].text == ",":
            head = main if above[0] == verb else above[0]
            tokens[main] = replace(tokens[main], head=head, dep=above[1])
            tokens[noun] = replace(tokens[noun], head=main, dep="nsubj")
        else:
            tokens[noun] = replace(tokens[noun], head=noun if above[0] == verb else above[0], dep=above[1])
        tokens[verb] = replace(token, head=noun, dep="acl:relcl")
        that = tokens[pronoun].text.lower() in THAT
        tokens[pronoun] = replace(
            tokens[pronoun], pos="PRON", head=verb, dep="obj" if that else "obl", morph="PronType=Rel"
        )


def _relative_objects(tokens: list[Token]) -> None:
    """ "Le Danemark, que Bamako avait sommé": "que" before a relative clause without object is its object."""
    for verb, token in enumerate(tokens):
        if token.dep not in ("acl", "acl:relcl") or token.pos != "VERB":
            continue
        kids = children(tokens, verb)
        if any(tokens[k].dep == "obj" for k in kids):
            continue
        for k in kids:
            if k < verb and tokens[k].text.lower() in THAT and tokens[k].dep in ("mark", "nsubj", "obl"):
                if token.dep == "acl" and (token.head != k - 1 or tokens[token.head].lemma in CONTENT):
                    break  # "l'idée que Tripoli a cédé"
                tokens[verb] = replace(token, dep="acl:relcl")
                tokens[k] = replace(tokens[k], pos="PRON", dep="obj", morph="PronType=Rel")
                break


def _object_pronouns(tokens: list[Token], lemmas: Lemmas) -> None:
    """ "Les exhorte à négocier": an article before what can only be a verb is a pronoun, and the word is the verb."""
    for i, token in enumerate(tokens[:-1]):
        verb = tokens[i + 1]
        if token.text.lower() not in CLITICS or token.pos != "DET" or verb.pos not in ("NOUN", "ADJ", "PROPN"):
            continue
        lemma = lemmas.sole_verb(verb.text)
        if (
            lemma is None
            or verb.text.endswith("ant")
            or " " in verb.text
            or verb.text[:1].isupper()
            or lemma == verb.text.lower()
        ):
            continue
        dep = verb.dep if verb.dep in ("root", "conj", "ccomp", "advcl", "parataxis", "acl:relcl") else "conj"
        tokens[i + 1] = replace(verb, pos="VERB", lemma=lemma, dep=dep, morph="Mood=Ind|Tense=Pres|VerbForm=Fin")
        role = "iobj" if token.text.lower() in ("lui", "leur") else "obj"
        tokens[i] = replace(token, pos="PRON", lemma="lui", head=i + 1, dep=role, morph="Person=3|PronType=Prs")


def _plain_objects(tokens: list[Token], lemmas: Lemmas) -> None:
    """ "Faire escale", "prêter main-forte", "lâcher du lest": a noun right behind a verb, bare or with du."""
    for i in range(1, len(tokens)):
        token, verb = tokens[i], tokens[i - 1]
        if token.text.lower() == "ensemble" and token.pos in ("ADJ", "NOUN") and verb.pos == "VERB":
            tokens[i] = replace(token, pos="ADV", lemma="ensemble", dep="advmod")
        elif token.pos == "ADJ" and token.head == i - 1 and verb.lemma in LIGHT and token.dep in ("obj", "xcomp"):
            noun = lemmas.noun(token.text)
            if noun is not None or "-" in token.text:
                tokens[i] = replace(token, pos="NOUN", lemma=noun or token.text.lower(), dep="obj")
        elif token.text.lower() == "du" and token.dep == "case" and token.head == i + 1 and verb.pos == "VERB":
            noun_token = tokens[i + 1]
            if noun_token.pos != "NOUN" or noun_token.head != i - 1 or " " in noun_token.text:
                continue
            if verb.lemma in PARTITIVE:
                tokens[i] = replace(token, pos="DET", lemma="un", dep="det")
                tokens[i + 1] = replace(noun_token, dep="obj")


def _perfects(tokens: list[Token]) -> None:
    """ "Ont uni leurs forces": the participle behind avoir heads the clause that was built on avoir."""
    for aux, token in enumerate(tokens[:-1]):
        verb = tokens[aux + 1]
        if token.lemma != "avoir" or token.dep.startswith("aux") or verb.pos != "VERB" or verb.head != aux:
            continue
        if "VerbForm=Part" not in verb.morph or "Tense=Pres" in verb.morph:
            continue
        above = aux + 1 if token.head == aux else token.head
        tokens[aux + 1] = replace(verb, head=above, dep=token.dep)
        for k in children(tokens, aux):
            if k != aux + 1:
                tokens[k] = replace(tokens[k], head=aux + 1)
        tokens[aux] = replace(token, pos="AUX", head=aux + 1, dep="aux")


def _second_objects(tokens: list[Token]) -> None:
    """ "L'a assuré du soutien": beside a pronoun as object, a noun under a preposition is none."""
    for verb, token in enumerate(tokens):
        if token.pos != "VERB":
            continue
        objects = [k for k in children(tokens, verb) if tokens[k].dep == "obj"]
        if any(tokens[k].pos == "PRON" and k < verb for k in objects):
            for k in objects:
                if k > verb and any(tokens[j].dep == "case" for j in children(tokens, k)):
                    tokens[k] = replace(tokens[k], dep="obl")
        objects = [k for k in children(tokens, verb) if tokens[k].dep == "obj"]
        for k in objects if len(objects) > 1 else ():  # "a reçu de l'Inde un million de doses"
            if tokens[k].pos == "PROPN" and any(tokens[j].dep == "case" for j in children(tokens, k)):
                tokens[k] = replace(tokens[k], dep="obl")


def _nominal_participles(tokens: list[Token]) -> None:
    """ "Le sortant avait décrété": what stands between an article and a finite verb is a noun and its subject."""
    for i in range(1, len(tokens) - 1):
        token, before, after = tokens[i], tokens[i - 1], tokens[i + 1]
        if token.pos not in ("VERB", "ADJ") or before.pos != "DET" or "VerbForm=Inf" in token.morph:
            continue
        if after.pos not in ("AUX", "VERB") or "VerbForm=Fin" not in after.morph:
            continue
        verb = i + 1 if after.pos == "VERB" or after.dep == "root" else after.head
        if verb <= i or any(tokens[k].dep in SUBJECTS for k in children(tokens, verb)):
            continue
        above, dep = tokens[verb].head, tokens[verb].dep
        if above == i:
            above, dep = (verb, "root") if token.head == i else (token.head, token.dep)
            tokens[verb] = replace(tokens[verb], head=above, dep=dep)
        for k in children(tokens, i):
            if k > verb or (k < i - 1 and tokens[k].dep not in ("det", "case")):
                tokens[k] = replace(tokens[k], head=verb)
        tokens[i] = replace(token, pos="NOUN", head=verb, dep="nsubj")


def _fronted(tokens: list[Token]) -> None:
    """ "Le même jour, le ministre X a reçu": a noun hung on a date is the subject of the verb behind."""
    for i, token in enumerate(tokens):
        if token.dep not in ("conj", "appos", "nmod", "flat") or token.pos not in ("PROPN", "NOUN") or i < 2:
            continue
        date = token.head
        if (
            date >= i
            or not TIMES & set(tokens[date].text.lower().split())
            or tokens[date].dep not in ("obl", "obl:mod", "advmod", "dislocated")
        ):
            continue
        verb = tokens[date].head
        if verb <= i or tokens[verb].pos != "VERB" or any(tokens[k].dep in SUBJECTS for k in children(tokens, verb)):
            continue
        first = i - 1 if tokens[i - 1].pos == "DET" else i
        inner = children(tokens, i)
        if first < 1 or tokens[first - 1].text != "," or any(tokens[k].dep in ("case", "cc") for k in inner):
            continue
        tokens[i] = replace(token, head=verb, dep="nsubj")


def _infinitives(tokens: list[Token], lemmas: Lemmas) -> None:
    """ "A commencé à rapatrier son contingent": what can only be an infinitive is one, and takes what follows it."""
    for i, token in enumerate(tokens):
        if token.pos not in ("NOUN", "ADJ") or " " in token.text or lemmas.sole_verb(token.text) != token.text:
            continue
        cases = [k for k in children(tokens, i) if tokens[k].dep == "case" and tokens[k].text.lower() in PREPOSITIONS]
        verb = token.head
        if not cases or any(tokens[k].dep == "det" for k in children(tokens, i)) or tokens[verb].pos != "VERB":
            continue
        tokens[i] = replace(token, pos="VERB", lemma=token.text, dep="xcomp", morph="VerbForm=Inf")
        tokens[cases[0]] = replace(tokens[cases[0]], dep="mark")
        for k in children(tokens, verb):
            if k > i and tokens[k].dep in ("obj", "obl"):
                tokens[k] = replace(tokens[k], head=i)


def _numbers(tokens: list[Token]) -> None:
    """ "Soixante-douze heures": the noun heads its number, not the other way."""
    for i, token in enumerate(tokens[:-1]):
        noun = i + 1
        if tokens[noun].head != i or tokens[noun].pos not in ("NOUN", "ADJ") or " " in token.text:
            continue
        if token.pos != "NUM" and not set(token.text.lower().split("-")) <= NUMBERS:
            continue
        if tokens[noun].pos == "ADJ":
            tokens[noun] = replace(tokens[noun], pos="NOUN", lemma=tokens[noun].text.lower().removesuffix("s"))
        above = noun if token.head == i else token.head
        tokens[noun] = replace(tokens[noun], head=above, dep=token.dep)
        for k in children(tokens, i):
            if k != noun:
                tokens[k] = replace(tokens[k], head=noun)
        tokens[i] = replace(token, head=noun, dep="nummod")
