"""Stripped pages in, labelled lines out. Every page here was written for the tests."""
# ruff: noqa: E501 (a line of a page is a line)

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.pages.text import LabelledLine, label_lines

ENGLISH = """Skip to content
Harbour Gazette
  • Home
  • World
  • Business
  • Opinion
Search
Home > World
Norway and Chile sign fisheries accord after nine years of talks
By Ingrid Solheim
14 March 2019
Share on FacebookShare on Twitter

Norway and Chile signed an accord on Thursday that divides the southern catch between their fleets, ending a quarrel that had outlived three governments.

Foreign Minister Ine Eriksen Soreide called the text a fair deal for both coasts. Her Chilean counterpart, Roberto Ampuero, said the two navies would patrol together from June.

Patrols from June

Officials in Santiago said the first vessels had already left Punta Arenas. Talks on a second protocol were put off until the autumn.

Read also: Peru recalls its envoy from Lima club dispute

Greenpeace criticised the quotas as too generous and asked both parliaments to vote them down.

Tags: NorwayChileFisheries
Leave a comment
Your email address will not be published. Required fields are marked *
Frank says the Chileans attacked the Norwegian delegation and threatened to leave the room. I was there and saw it.
MOST READ
Iceland summons British ambassador over cod
Sweden expels two diplomats
Denmark and Germany agree on tunnel
© 2019 Harbour Gazette. All rights reserved.
Harbour Gazette is registered in Bergen and publishes every day of the week but Sunday.
"""

FRENCH = """Aller au contenu principal
Le Carnet du Levant
Accueil | Monde | Économie | Culture
Beyrouth et Nicosie délimitent leur frontière maritime
Publié le 3 mai 2021 à 10h12 - Par Nadine Haddad
Partager sur Facebook   Partager sur Twitter
Le Liban et Chypre ont signé lundi à Nicosie un accord qui fixe leur frontière maritime, après dix ans d'attente.
Le ministre chypriote des Affaires étrangères, Nikos Christodoulides, a salué « un jour heureux pour la région ». Son homologue libanais a remercié l'Union européenne pour sa médiation.
La Turquie a rejeté le texte et convoqué l'ambassadeur du Liban à Ankara.
À lire aussi : La Grèce rappelle son ambassadeur | L'Égypte condamne les forages | Chypre expulse un attaché
Votre commentaire
Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *
Les commentaires injurieux, racistes ou appelant à la violence contre un État ou un gouvernement seront supprimés par la rédaction.
Toute reproduction, même partielle, est interdite sans l'accord du Carnet du Levant, qui se réserve le droit de poursuivre les contrevenants.
"""

ARABIC = """القائمة
الرئيسية | أخبار | اقتصاد | رأي
عاجل: وفاة فنان كبير
عمّان وبغداد توقعان اتفاق الربط الكهربائي
الأحد 27 سبتمبر 2020 - 10:30 ص
وقّع الأردن والعراق اليوم الأحد اتفاقا للربط الكهربائي بين البلدين، بعد مفاوضات استمرت عامين كاملين.
وقال وزير الخارجية الأردني أيمن الصفدي إن الاتفاق خطوة مهمة في مسار التعاون العربي. ورحب نظيره العراقي بالاتفاق وشكر عمّان على دعمها.
ومن المقرر أن يبدأ التنفيذ مطلع العام المقبل، وفق ما أعلنته الوزارتان في بيان مشترك.
اقرأ أيضا: السعودية تستدعي سفيرها | مصر تدين الهجوم | تونس تطرد دبلوماسيا
أضف تعليقك
شروط التعليق: يمنع نشر أي تعليق يتضمن إساءة أو تهديدا أو هجوما على الدول والحكومات والأديان.
جميع الحقوق محفوظة 2020 ولا يجوز إعادة نشر المواد دون إذن مسبق من إدارة الموقع.
"""

SPANISH = """Ir al contenido
El Correo del Istmo
Portada Política Mundo Deportes
Costa Rica y Nicaragua reabren su frontera tras un año de cierre
Miércoles, 2 de junio de 2021 · Redacción · Imprimir
Costa Rica y Nicaragua reabrieron este miércoles los pasos de su frontera común, cerrados desde hacía un año por la pandemia.
El canciller Rodolfo Solano agradeció a Managua su disposición al diálogo y anunció una reunión de los dos presidentes para julio.
La oposición nicaragüense acusó al Gobierno de ceder demasiado.
Lo más leído  Panamá expulsa a un cónsul  Honduras acusa a El Salvador  Cae un ministro
Aviso legal  Política de cookies  2021
"""


def roles_of(page: str) -> dict[str, list[str]]:
    """The roles that the pieces of each line play, by the beginning of the line."""
    found: dict[str, list[str]] = {}
    for piece in label_lines(page):
        line = page[page.rfind("\n", 0, piece.start) + 1 :].split("\n", 1)[0].strip()
        found.setdefault(line[:20], []).append(piece.role)
    return found


def body_of(page: str) -> list[str]:
    return [page[x.start : x.end] for x in label_lines(page) if x.role == "body"]


@pytest.mark.parametrize(
    ("page", "title", "body"),
    [
        (
            ENGLISH,
            "Norway and Chile sign",
            ["Norway and Chile signed", "Foreign Minister", "Officials in", "Greenpeace"],
        ),
        (FRENCH, "Beyrouth et Nicosie", ["Le Liban et Chypre", "Le ministre chypriote", "La Turquie a rejeté"]),
        (ARABIC, "عمّان وبغداد توقعان", ["وقّع الأردن والعراق", "وقال وزير الخارجية", "ومن المقرر أن"]),
        (
            SPANISH,
            "Costa Rica y Nicaragua reabren",
            ["Costa Rica y Nicaragua reabrieron", "El canciller", "La oposición"],
        ),
    ],
)
def test_body_and_title_are_found_among_the_furniture(page: str, title: str, body: list[str]) -> None:
    titles = {page[x.start : x.end] for x in label_lines(page) if x.role == "title"}
    assert len(titles) == 1 and titles.pop().startswith(title)
    assert [text[: len(start)] for text, start in zip(body_of(page), body, strict=True)] == body


def test_related_headlines_that_name_states_are_related() -> None:
    for page, starts in (
        (ENGLISH, ["Read also: Peru reca", "Iceland summons Brit", "Sweden expels two di", "Denmark and Germany "]),
        (FRENCH, ["À lire aussi : La Gr"]),
        (ARABIC, ["اقرأ أيضا: السعودية "]),
        (SPANISH, ["Lo más leído  Panamá"]),
    ):
        assert {role for start in starts for role in roles_of(page)[start]} == {"related"}


def test_readers_comments_and_their_rules_are_comments() -> None:
    assert roles_of(ENGLISH)["Frank says the Chile"] == ["comments"]
    assert roles_of(FRENCH)["Les commentaires inj"] == ["comments"]
    assert roles_of(ARABIC)["شروط التعليق: يمنع ن"] == ["comments"]


def test_a_short_line_between_paragraphs_is_a_subhead() -> None:
    assert roles_of(ENGLISH)["Patrols from June"] == ["subhead"]


def test_glued_bylines_and_dates_come_apart() -> None:
    page = ARABIC.replace("الأحد 27 سبتمبر 2020 - 10:30 ص", "one Editor13 سبتمبر 2020آخر تحديث : منذ شهر واحد")
    pieces = [(page[x.start : x.end], x.role) for x in label_lines(page)]
    at = pieces.index(("one Editor", "byline"))
    assert pieces[at + 1 : at + 3] == [("13 سبتمبر 2020", "date"), ("آخر تحديث : منذ شهر واحد", "other")]


def test_a_page_that_begins_with_its_body_has_no_title() -> None:
    page = "\n".join(body_of(FRENCH))
    assert [x.role for x in label_lines(page)] == ["body"] * 3


def test_a_body_cut_off_within_a_sentence_stays_body() -> None:
    page = "\n\n".join(body_of(ENGLISH))[:-30]
    assert {x.role for x in label_lines(page)} == {"body"}


def test_lines_broken_at_links_stay_body() -> None:
    broken = ENGLISH.replace(" on Thursday that ", " on Thursday\nthat ").replace("Her Chilean", "\nHer Chilean")
    assert len(body_of(broken)) == 6


def test_an_empty_page_has_no_lines() -> None:
    assert label_lines("") == []
    assert label_lines(" \n\t\n") == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=60), st.sampled_from((ENGLISH + FRENCH + ARABIC).split("\n"))), max_size=30))
def test_pieces_are_in_order_trimmed_and_cover_every_word(lines: list[str]) -> None:
    page = "\n".join(lines)
    labelled = label_lines(page)
    assert all(a.end <= b.start for a, b in pairwise(labelled))
    assert all(x.start < x.end and "\n" not in page[x.start : x.end] for x in labelled)
    assert all(page[x.start : x.end].strip(" \t\r") == page[x.start : x.end] for x in labelled)
    left = list(page)
    for x in labelled:
        left[x.start : x.end] = " " * (x.end - x.start)
    assert not any(c.isalnum() for c in left)


def test_labelled_lines_are_values() -> None:
    assert LabelledLine(0, 4, "body") == LabelledLine(0, 4, "body")
