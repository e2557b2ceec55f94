"""The registry finds who is named in English, French, Arabic and Spanish text, at exact offsets."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.actors import NameMatch, Registry, registry
from dragoman.actors.tables import DATA


@pytest.fixture(scope="module")
def known() -> Registry:
    return registry()


def named(known: Registry, text: str, language: str) -> list[tuple[str, str, str]]:
    return [(text[m.start : m.end], m.kind, m.ids[0]) for m in known.find(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "US-Morocco talks", [("US", "state", "USA"), ("Morocco", "state", "MAR")]),
        ("en", "tell us who in the U.S. it is", [("U.S.", "state", "USA")]),
        ("en", "Côte d’Ivoire's army", [("Côte d’Ivoire", "state", "CIV"), ("army", "role", "army")]),
        ("en", "Franco-Moroccan ties", [("Franco", "adj", "FRA"), ("Moroccan", "adj", "MAR")]),
        ("en", "South Sudanese in South Sudan", [("South Sudanese", "adj", "SSD"), ("South Sudan", "state", "SSD")]),
        ("en", "the Quai d'Orsay", [("Quai d'Orsay", "seat", "FRA")]),
        ("en", "The UN Security Council met", [("UN Security Council", "organisation", "IGOUNO.UNSC")]),
        ("en", "the WHO chief", [("WHO chief", "role", "who_director_general")]),
        ("en", "Hamas", [("Hamas", "organisation", "PSE.HAMAS")]),
        ("en", "the JCPOA", [("JCPOA", "agreement", "AGR.JCPOA")]),
        ("en", "under Resolution 1701 (2006)", [("Resolution 1701 (2006)", "agreement", "UNSCR.1701")]),
        ("en", "the secretary of state", [("secretary of state", "role", "foreign_minister")]),
        ("en", "MOROCCO RECALLS ENVOY", [("MOROCCO", "state", "MAR"), ("ENVOY", "role", "ambassador")]),
        ("fr", "l’Algérie et l'Egypte", [("Algérie", "state", "DZA"), ("Egypte", "state", "EGY")]),
        ("fr", "les Marocains", [("Marocains", "people", "MAR")]),
        ("fr", "le ministre marocain", [("ministre", "role", "minister"), ("marocain", "adj", "MAR")]),
        ("fr", "dialogue franco-algérien", [("franco", "adj", "FRA"), ("algérien", "adj", "DZA")]),
        ("fr", "le chef de la diplomatie", [("chef de la diplomatie", "role", "foreign_minister")]),
        ("fr", "la résolution 2334", [("résolution 2334", "agreement", "UNSCR.2334")]),
        ("fr", "Etats-Unis", [("Etats-Unis", "state", "USA")]),
        ("ar", "والمغرب", [("المغرب", "state", "MAR")]),
        ("ar", "للمغرب", [("لمغرب", "state", "MAR")]),
        ("ar", "بالولايات المتحدة", [("الولايات المتحدة", "state", "USA")]),
        ("ar", "لألمانيا", [("ألمانيا", "state", "DEU")]),
        ("ar", "الوزير الألماني", [("الوزير", "role", "minister"), ("الألماني", "adj", "DEU")]),
        ("ar", "اتفاقاً مغربياً", [("مغربياً", "adj", "MAR")]),
        ("ar", "ووزير خارجيتها", [("وزير خارجيتها", "role", "foreign_minister")]),
        ("ar", "في محافظة تعز أمام", []),
        ("ar", "مجلس الأمن الدولي", [("مجلس الأمن الدولي", "organisation", "IGOUNO.UNSC")]),
        ("ar", "قرار مجلس الأمن رقم 2254", [("قرار مجلس الأمن رقم 2254", "agreement", "UNSCR.2254")]),
        ("es", "el canciller marroquí", [("canciller", "role", "foreign_minister"), ("marroquí", "adj", "MAR")]),
        ("es", "EE.UU. y Rusia", [("EE.UU.", "state", "USA"), ("Rusia", "state", "RUS")]),
    ],
)
def test_finds_names(known: Registry, language: str, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert named(known, text, language) == expected


def test_abbreviation_that_is_a_word_in_a_headline_of_capitals(known: Registry) -> None:
    assert named(known, "PRESIDENTS WHO IGNORE THE WORLD", "en")[-1][2] != "IGOWHO"


def test_ambiguous_names_keep_all_readings(known: Registry) -> None:
    [match] = known.find("Congolese", "en")
    assert set(match.ids) == {"COD", "COG"}
    assert match.note == "ambiguous"


def test_role_carries_sector_and_number(known: Registry) -> None:
    [match] = known.find("foreign ministers", "en")
    assert match.plural
    assert match.role is not None
    assert (match.role.office, match.role.sector) == ("foreign_minister", "GOV")


def test_unknown_language_finds_nothing(known: Registry) -> None:
    assert known.find("Morocco", "xx") == []


def test_places_have_coordinates(known: Registry) -> None:
    for language, text in (("en", "in Casablanca"), ("ar", "في الدار البيضاء"), ("fr", "à Casablanca")):
        [match] = known.places(text, language)
        assert (match.places[0].country, round(match.places[0].latitude or 0)) == ("MAR", 34)
    assert known.places("la bande de Gaza", "fr")[0].places[0].country == "PSE"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="USMorocan’'-. \nالمغربولْلإنة", max_size=60), st.sampled_from(("en", "fr", "ar", "es")))
def test_offsets_are_exact_and_ordered(text: str, language: str) -> None:
    matches: list[NameMatch] = registry().find(text, language)
    for match in matches:
        assert 0 <= match.start < match.end <= len(text)
        assert text[match.start : match.end].strip() == text[match.start : match.end]
    assert all(a.end <= b.start for a, b in pairwise(matches))


def test_user_folder_wins(tmp_path: Path) -> None:
    header = "id\tcode\tkind\tcountry\tsector\tqid\tname\tstart\tend\n"
    (tmp_path / "organisations.tsv").write_text(header + "MAR.X\tMAR:OPP\tother\tMAR\tOPP\t\tX Front\t\t\n", "utf-8")
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "en.tsv").write_text("id\tkind\tform\tnote\nMAR.X\tname\tX Front\t\n", "utf-8")
    mine = registry(tmp_path)
    assert [m.ids for m in mine.find("the X Front said", "en")] == [("MAR.X",)]
    assert mine.code("MAR.X") == "MAR:OPP"


def test_malformed_table_says_which_file(tmp_path: Path) -> None:
    (tmp_path / "states.tsv").write_text("id\tname\n", "utf-8")
    with pytest.raises(ValueError, match=r"states\.tsv: line 1 must be"):
        registry(tmp_path)


def test_agreement_and_resolution_facts(known: Registry) -> None:
    accords = known.agreement("AGR.ABRAHAM")
    assert accords is not None
    assert (accords.date, "MAR" in accords.participants) == ("2020-09-15", True)
    numbered = known.agreement("UNSCR.1701")
    assert numbered is not None
    assert numbered.kind == "resolution"


def test_holders_on_a_date(tmp_path: Path) -> None:
    rows = [
        "P-a\tMAR\tforeign_minister\t\t2017-04-05\t..\ts\t2023-01-01\t",
        "P-b\tMAR\tforeign_minister\t\t2013-10-10\t2017-04-05\ts\t2023-01-01\t",
    ]
    header = "person\tcountry\toffice\ttitle\tstart\tend\tsource\tas_of\tconfidence\n"
    (tmp_path / "holdings.tsv").write_text(header + "\n".join(rows) + "\n", "utf-8")
    mine = Registry((tmp_path,))
    assert [h.person for h in mine.holders("MAR", "foreign_minister", "2020-09")] == ["P-a"]
    assert [h.person for h in mine.holders("MAR", "foreign_minister", "2015")] == ["P-b"]
    assert mine.holders("MAR", "foreign_minister", "2012") == []
    assert [h.start for h in mine.offices_of("P-b")] == ["2013-10-10"]


def test_finding_is_quick(known: Registry) -> None:
    text = "The Moroccan foreign minister met U.S. officials in Rabat on Monday, the Kremlin said.\n" * 2000
    known.find(text[:2000], "en")
    start = time.process_time()
    known.find(text, "en")
    assert len(text) / (time.process_time() - start) > 150_000  # characters a second, far below a quiet machine's


def test_every_state_has_names_and_demonyms() -> None:
    states = [line.split("\t") for line in (DATA / "states.tsv").read_text("utf-8").splitlines()[1:]]
    sovereign = {s[0] for s in states if s[9] == "state"}
    for language, missing_adjectives in (("en", 0), ("fr", 0), ("ar", 30), ("es", 15)):
        rows = [line.split("\t") for line in (DATA / "names" / f"{language}.tsv").read_text("utf-8").splitlines()[1:]]
        assert sovereign <= {r[0] for r in rows if r[1] == "name"}
        assert len(sovereign - {r[0] for r in rows if r[1] == "adj"}) <= missing_adjectives


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El senador fue detenido en Londres."),
        ("es", "Dos hombres han sido acusados."),
        ("fr", "Ils ont été détenus trois jours."),
        ("es", "El país espera."),
        ("es", "La nación espera."),
        ("fr", "Le monde espère."),
    ],
)
def test_what_is_said_of_a_subject_and_common_words_name_nobody(known: Registry, language: str, text: str) -> None:
    called = {text[m.start : m.end].lower() for m in known.find(text, language)}
    assert not called & {"detenido", "acusados", "détenus", "el país", "la nación", "le monde"}


def test_a_newspaper_is_known_by_its_capital(known: Registry) -> None:
    text = "Según El País y Le Monde"
    assert [text[m.start : m.end] for m in known.find(text, "es")] == ["El País", "Le Monde"]
