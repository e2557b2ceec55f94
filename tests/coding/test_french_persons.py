"""French: who is meant by a pronoun, a title without a name, an odd construction. The sentences are ours."""

from __future__ import annotations

import hashlib

import pytest

from dragoman.coding.coder import code
from dragoman.coding.reading import EventMention, Reading
from dragoman.coding.settings import Settings
from dragoman.language.fr.pronouns import object_pronouns
from dragoman.pages.article import Article, Page, PublicationDate, Segment


def read(text: str, published: str | None = "2022-02-01") -> Reading:
    """The reading of a French article of one paragraph."""
    raw = text.encode()
    page = Page(text, raw, "utf-8", "text", hashlib.sha256(raw).hexdigest())
    segments = (Segment("body", "fr", 0, len(text), text),)
    return code(
        Article(page, None, None, None, None, "fr", PublicationDate(published, "test"), segments), Settings(model=False)
    )


def event(reading: Reading, kind: str) -> EventMention:
    """The last event of a type."""
    return [e for e in reading.events if e.event_type == kind][-1]


def parties(event: EventMention) -> tuple[set[str], set[str]]:
    """Codes on either side, and names where a person is known."""
    return tuple({a.name or a.code.partition(":")[0] for a in side} for side in (event.sources, event.targets))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Washington l'a assuré de son soutien.", ["l'"]),
        ("L'Algérie les a invités et leur a proposé une médiation.", ["les", "leur"]),
        ("Berlin les exhorte à négocier avec lui.", ["les", "lui"]),
        ("Il le presse de partir.", ["le"]),
        ("Les accusés et leur avocat saluent le ministre.", []),
        ("Le sortant a perdu, l'opposition exulte.", []),
    ],
)
def test_object_pronouns_are_told_from_articles(text: str, expected: list[str]) -> None:
    assert [text[p.start : p.end] for p in object_pronouns(text, 0, len(text))] == expected


def test_an_object_pronoun_is_not_the_subject() -> None:
    reading = read("Antony Blinken a exhorté le Liban à négocier et l'a assuré du soutien de Washington.", "2024-09-24")
    assert parties(event(reading, "SUPPORT")) == ({"Antony Blinken"}, {"LBN"})


def test_the_latter_is_who_was_named_last() -> None:
    reading = read(
        "Emmanuel Macron a rencontré lundi Angela Merkel. Cette dernière a condamné la Russie.", "2020-06-30"
    )
    assert parties(event(reading, "ACCUSE")) == ({"Angela Merkel"}, {"RUS"})


def test_a_title_alone_stands_for_who_was_named_with_one() -> None:
    reading = read(
        "L'ambassadeur de France, Joël Meyer, a critiqué le Mali. Le diplomate a été expulsé par le Mali mardi."
    )
    assert parties(event(reading, "SANCTION")) == ({"MLI"}, {"Joël Meyer"})


def test_a_title_may_have_an_adjective_before_the_name() -> None:
    reading = read("Le sénateur républicain Marco Rubio a critiqué Cuba.", "2014-12-18")
    assert parties(event(reading, "ACCUSE")) == ({"Marco Rubio"}, {"CUB"})


def test_a_third_party_is_none_of_the_two() -> None:
    reading = read(
        "Barack Obama et Raúl Castro se sont parlé mercredi. Le pape François a écrit aux deux présidents.",
        "2014-12-18",
    )
    assert "Pope Francis" not in parties(event(reading, "CONSULT"))[1]


def test_a_name_ends_with_its_sentence() -> None:
    reading = read(
        "La Chine a reçu le premier ministre du Vanuatu, Donald Kalpokas. Elle a salué la visite.", "1998-03-12"
    )
    assert all("Elle" not in (a.name or "") for e in reading.events for a in (*e.sources, *e.targets))


@pytest.mark.parametrize(
    ("text", "kind", "source", "target"),
    [
        ("Téhéran s'est vu infliger de nouvelles sanctions par Washington.", "SANCTION", "USA", "IRN"),
        ("Un diplomate russe s'est fait expulser par Prague.", "SANCTION", "CZE", "RUS"),
        ("Wellington s'est vu reprocher par Paris son soutien aux rebelles.", "ACCUSE", "FRA", "NZL"),
        ("Le Danemark, que Bamako avait sommé de retirer ses soldats, hésite.", "REQUEST", "MLI", "DNK"),
        ("Le même jour, le Maroc a reçu l'ambassadeur d'Allemagne.", "CONSULT", "MAR", "DEU"),
        ("La Pologne a été condamnée par l'Union européenne.", "ACCUSE", "IGOEUR", "POL"),
        (
            "Le Mali a donné soixante-douze heures à l'ambassadeur de France pour quitter le pays.",
            "SANCTION",
            "MLI",
            "FRA",
        ),
    ],
)
def test_odd_constructions_keep_the_sides_apart(text: str, kind: str, source: str, target: str) -> None:
    found = event(read(text), kind)
    assert {a.code.partition(":")[0] for a in found.sources} == {source}
    assert {a.code.partition(":")[0] for a in found.targets} == {target}


def test_what_somebody_is_accused_of_is_not_told_as_done() -> None:
    reading = read("Kinshasa accuse Kigali de soutenir la rébellion.")
    assert [e.event_type for e in reading.events] == ["ACCUSE"]


def test_the_holder_of_an_unnamed_office_is_who_held_it_on_the_day_of_the_event() -> None:
    past = read("En décembre 2020, le président américain avait reconnu la souveraineté du Maroc.", "2021-06-10")
    assert parties(event(past, "SUPPORT"))[0] == {"Donald Trump"}
    now = read("Le président américain a reconnu mardi la souveraineté du Maroc.", "2021-06-10")
    assert parties(event(now, "SUPPORT"))[0] == {"Joe Biden"}


def test_whoever_leads_a_body_acts_in_its_name() -> None:
    reading = read("Le cabinet de sécurité présidé par Benjamin Netanyahu a condamné l'Iran.", "2013-04-11")
    assert parties(event(reading, "ACCUSE")) == ({"Benjamin Netanyahu"}, {"IRN"})
