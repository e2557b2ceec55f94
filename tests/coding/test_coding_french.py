"""French: a sentence in, the events expected. The sentences are ours; each stands for a construction of the press."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from dragoman.codebook import load
from dragoman.codebook.check import check
from dragoman.coding.coder import code
from dragoman.coding.reading import EventMention, Reading
from dragoman.coding.settings import Settings
from dragoman.language import pipeline
from dragoman.language.sentence import Group
from dragoman.pages.article import Article, Page, PublicationDate, Segment

FRAMES_ONLY = Settings(model=False)


def read(*paragraphs: str, published: str | None = "2021-06-16") -> Reading:
    """The reading of a French article with these body paragraphs."""
    text = "\n".join(paragraphs)
    raw = text.encode()
    page = Page(text, raw, "utf-8", "text", hashlib.sha256(raw).hexdigest())
    segments, start = [], 0
    for paragraph in paragraphs:
        segments.append(Segment("body", "fr", start, start + len(paragraph), paragraph))
        start += len(paragraph) + 1
    article = Article(page, None, None, None, None, "fr", PublicationDate(published, "test"), tuple(segments))
    return code(article, FRAMES_ONLY)


def sides(event: EventMention) -> tuple[set[str], set[str]]:
    """The states and organisations on either side."""
    return ({a.code.partition(":")[0] for a in event.sources}, {a.code.partition(":")[0] for a in event.targets})


CASES = [
    ("L'Algérie a rompu ses relations diplomatiques avec le Maroc.", "SANCTION", {"DZA"}, {"MAR"}),
    ("Le Mali a expulsé l'ambassadeur de France à Bamako.", "SANCTION", {"MLI"}, {"FRA"}),
    ("Rabat a rappelé pour consultations son ambassadeur à Berlin.", "SANCTION", {"MAR"}, {"DEU"}),
    ("La Turquie a convoqué l'ambassadeur de Suède.", "ACCUSE", {"TUR"}, {"SWE"}),
    ("La Pologne a condamné l'invasion russe de l'Ukraine.", "ACCUSE", {"POL"}, {"RUS"}),
    ("Bamako accuse Paris de soutenir des groupes armés.", "ACCUSE", {"MLI"}, {"FRA"}),
    ("Le Japon a appelé la Chine à la retenue.", "REQUEST", {"JPN"}, {"CHN"}),
    ("Washington a exhorté Téhéran à libérer deux journalistes.", "REQUEST", {"USA"}, {"IRN"}),
    ("La Serbie a rejeté la proposition de Bruxelles.", "REJECT", {"SRB"}, {"BEL", "IGOEUR"}),
    ("Tunis s'est félicité de la décision du Maroc.", "SUPPORT", {"TUN"}, {"MAR"}),
    ("Le Koweït a accordé un prêt de 50 millions de dollars à la Mauritanie.", "AID", {"KWT"}, {"MRT"}),
    ("L'Inde a menacé le Pakistan de représailles.", "THREATEN", {"IND"}, {"PAK"}),
    ("Israël a bombardé la Syrie dans la nuit.", "ASSAULT", {"ISR"}, {"SYR"}),
    ("L'Éthiopie a massé des troupes à la frontière avec le Soudan.", "MOBILIZE", {"ETH"}, {"SDN"}),
    ("Les États-Unis ont levé les sanctions contre le Soudan.", "CONCEDE", {"USA"}, {"SDN"}),
]


@pytest.mark.parametrize(("sentence", "kind", "source", "target"), CASES)
def test_an_active_sentence_gives_its_event(sentence: str, kind: str, source: set[str], target: set[str]) -> None:
    found = [e for e in read(sentence).events if e.event_type == kind]
    assert found, sentence
    assert sides(found[0])[0] == source
    assert sides(found[0])[1] & target
    assert found[0].status == "occurred"


def test_a_phone_call_has_both_sides() -> None:
    reading = read("Emmanuel Macron s'est entretenu par téléphone avec Vladimir Poutine.")
    (call,) = [e for e in reading.events if e.event_type == "CONSULT"]
    assert call.symmetric and call.mode == "phone"
    assert set.union(*sides(call)) == {"FRA", "RUS"}


def test_the_subject_stands_behind_a_quotation() -> None:
    events = read("« Tout ira bien », a assuré le ministre français Jean-Yves Le Drian.").events
    assert not [e for e in events if e.event_type in ("SUPPORT", "AGREE")]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Paris n'a pas rappelé son ambassadeur à Alger.", "negated"),
        ("La Hongrie expulsera l'ambassadeur de Russie.", "planned"),
        ("La Grèce pourrait expulser l'ambassadeur de Turquie.", "hypothetical"),
    ],
)
def test_status_of_expulsions(sentence: str, status: str) -> None:
    found = [e for e in read(sentence).events if e.event_type in ("SANCTION", "THREATEN")]
    assert all(e.status == status for e in found if e.event_type == "SANCTION")


def test_an_elided_article_before_a_kept_name_is_one_token() -> None:
    text = "Rabat a convoqué l'ambassadeur de Chine."
    start = text.index("ambassadeur")
    group = Group(start, start + len("ambassadeur de Chine"), "ambassadeur", "NOUN")
    (sentence,) = pipeline("fr").analyse([text], [[group]])
    assert [t.text for t in sentence.tokens][3:5] == ["l'", "ambassadeur de Chine"]


@pytest.mark.parametrize(
    ("text", "subject", "verb"),
    [
        ("Selon Rome, des soldats ont franchi la frontière.", "soldats", "franchi"),
        ("Reçu à Rome par le pape, le roi est reparti lundi.", "roi", "reparti"),
        ("« C'est faux », a déclaré le ministre.", "ministre", "déclaré"),
    ],
)
def test_subjects_are_found_again(text: str, subject: str, verb: str) -> None:
    (sentence,) = pipeline("fr").analyse([text])
    token = next(t for t in sentence.tokens if t.text == subject)
    assert token.dep == "nsubj"
    assert sentence.tokens[token.head].text == verb


def test_verbs_with_be_are_active() -> None:
    (sentence,) = pipeline("fr").analyse(["Les troupes sont entrées en Gambie."])
    assert not [t for t in sentence.tokens if t.dep.endswith(":pass")]


def test_the_frames_are_sound_and_cover_all_types() -> None:
    codebook = load()
    assert not [p for p in check(codebook) if "/fr/" in Path(p.file).as_posix()]
    frames = list(codebook.frames("fr"))
    assert len(frames) > 4500
    assert {f.type for f in frames} == set(codebook.types)
