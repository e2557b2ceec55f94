"""One event from many mentions: what is joined, what stays apart, and that order does not matter."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.coding.reading import Reading
from dragoman.record import Record, merge
from dragoman.record.account import Account, Person, accounts
from dragoman.record.likeness import score
from dragoman.record.merge import merge_accounts
from dragoman.record.ruling import conflict
from dragoman.record.words import name_key

sys.path.insert(0, str(Path(__file__).parent))
from builder import DAY, meeting, person, reading, told


def together(*accounts: Account) -> bool:
    """True when all are one event."""
    return len(merge_accounts(accounts)) == 1


def test_same_parties_day_and_type_are_one_event_in_any_language() -> None:
    assert together(told("a"), told("b", language="ar"), told("c", language="fr"))


@pytest.mark.parametrize(
    "other",
    [
        {"first": DAY + 7, "last": DAY + 7},
        {"sources": frozenset({"FRA"})},
        {"targets": frozenset({"ESP"})},
        {"event_type": "SANCTION"},
        {"sources": frozenset({"USA"}), "targets": frozenset({"MAR"})},
        {"country": "FRA", "place": "paris", "mode": "multilateral"},
    ],
    ids=["a week later", "another source", "another target", "another act", "the other way round", "elsewhere"],
)
def test_what_differs_in_kind_stays_apart(other: dict[str, Any]) -> None:
    assert not together(told("a", country="MAR", place="rabat", mode="visit"), told("b", **other))


def test_outlets_may_differ_by_a_day_but_not_by_two() -> None:
    assert together(told("a", mode="phone"), told("b", mode="phone", first=DAY + 1, last=DAY + 1))
    assert not together(told("a", mode="phone"), told("b", mode="phone", first=DAY + 2, last=DAY + 2))


def test_a_day_that_no_words_name_may_be_further_off() -> None:
    assumed = told("b", mode="phone", first=DAY + 3, last=DAY + 3, assumed=True)
    assert together(told("a", mode="phone"), assumed)
    assert not together(told("a", mode="phone", first=DAY - 1, last=DAY - 1), assumed)


def test_pages_of_one_story_need_less() -> None:
    """Two thin accounts are one event on two pages that tell of the same persons, parties and places."""
    story = frozenset({"MAR-USA", "Q1", "Q2", "rabat"})
    thin: dict[str, Any] = {"targets": frozenset(), "first": None, "last": None, "event_type": "REJECT", "cameo": "120"}
    assert not together(told("a", **thin), told("b", **thin))
    assert together(
        told("a", **thin, story=story, issue=frozenset({"gas"})),
        told("b", **thin, story=story, issue=frozenset({"gas"})),
    )


def test_an_agreement_that_both_name_counts() -> None:
    thin: dict[str, Any] = {"event_type": "AGREE", "targets": frozenset(), "first": None, "last": None}
    named = frozenset({"AGR.SKHIRAT"})
    assert not together(told("a", **thin), told("b", **thin))
    assert together(told("a", **thin, agreements=named), told("b", **thin, agreements=named, language="fr"))
    assert not together(told("a", **thin, agreements=named), told("b", **thin, agreements=frozenset({"AGR.OSLO"})))


def test_the_same_words_quoted_are_the_same_statement() -> None:
    thin: dict[str, Any] = {"event_type": "ACCUSE", "targets": frozenset(), "first": None, "last": None}
    thin["sectors"] = frozenset({"MAR:GOV"})
    said = frozenset({"we shall not accept this"})
    assert not together(told("a", **thin), told("b", **thin, said=said))
    assert together(told("a", **thin, said=said), told("b", **thin, said=said))


def test_an_account_knows_the_agreements_and_the_words_of_its_sentence() -> None:
    quote = "we shall honour every word of it"
    body = f"Morocco hailed the Skhirat Agreement. Bourita said: “{quote}”."
    events = [("Morocco hailed the Skhirat Agreement", "SUPPORT", ["MAR"], [], {})]
    [(found, _, _)] = accounts([reading("A day later", body, events, quotes=[(quote, "MAR Nasser Bourita")])])
    assert found.agreements == {"AGR.SKHIRAT"}
    assert {"we shall honour every word", "shall honour every word of"} < found.said
    assert Account.loads(found.dumps(), found.story) == found


def test_a_day_fits_its_month() -> None:
    assert together(told("a"), told("b", first=DAY - 10, last=DAY + 19, precision="month"))


def test_a_call_and_a_meeting_of_one_day_are_two_events() -> None:
    assert not together(told("a", mode="phone"), told("b", mode="visit"))


def test_two_visits_by_different_ministers_are_two_events() -> None:
    one = told("a", mode="visit", people=(person("nasser bourita"),))
    assert not together(one, told("b", mode="visit", people=(person("aziz akhannouch"),)))
    assert together(one, told("b", mode="visit", people=(person("naser burita"),)))
    assert together(one, told("b", mode="visit", people=(person("nasser bourita", wikidata="Q1"),)))


def test_a_person_of_two_letters_a_name_is_told_from_others() -> None:
    li, wu = (
        told(key, people=(Person("source", "CHN", None, tuple(sorted(name_key(name)))),), sources=frozenset({"CHN"}))
        for key, name in (("a", "Li Na"), ("b", "Wu Yi"))
    )
    assert not together(li, wu)
    assert together(li, replace(li, key="c", page="another"))
    assert name_key("Xi Jinping") == {"jinping"}


def test_a_call_is_no_agreement_reached_on_it() -> None:
    accord = told("a", event_type="AGREE", cameo="032", mode=None)
    assert not together(accord, told("b", mode="phone"))
    assert together(accord, told("b"))


def test_undated_twins_are_one_event_though_each_resembles_a_dated_one_somewhat() -> None:
    words = frozenset({"prisoners", "exchanged", "bodies"})
    undated: dict[str, Any] = {
        "event_type": "COOPERATE", "cameo": "063", "status": "planned", "first": None, "last": None, "words": words,
    }  # fmt: skip
    signed = told("s", event_type="SUPPORT", cameo="057", words=frozenset({"signed", "statement", "prisoners"}))
    twins = told("a", **undated, published=DAY + 1), told("b", **undated, published=DAY + 2)
    clusters = merge_accounts([*twins, signed])
    assert any({"a", "b"} <= set(c.members) for c in clusters)


def test_the_same_office_counts_where_one_page_names_its_holder() -> None:
    minister = frozenset({"EGY minister of foreign affairs"})
    signing: dict[str, Any] = {
        "event_type": "SUPPORT",
        "cameo": "057",
        "sources": frozenset({"EGY"}),
        "targets": frozenset(),
    }
    one = told("a", **signing, offices=minister, people=(person("sameh shoukry", "EGY"),))
    assert score(one, told("b", **signing, offices=minister))[0] > score(one, told("b", **signing))[0]


def test_a_plan_and_its_deed_are_one_event() -> None:
    assert together(
        told("a", event_type="SUPPORT", cameo="057", status="planned"), told("b", event_type="SUPPORT", cameo="057")
    )


def test_undated_accounts_need_more_than_the_parties() -> None:
    accusation = {"event_type": "ACCUSE", "cameo": "111"}
    dated = told("a", **accusation)
    assert not together(dated, told("b", **accusation, first=None, last=None, precision=None, published=DAY + 60))
    assert together(
        told("a", **accusation, people=(person("nasser bourita"),), issue=frozenset({"libya"})),
        told("b", **accusation, first=None, last=None, people=(person("nasser bourita"),), issue=frozenset({"libya"})),
    )


def test_two_events_of_one_page_stay_two_unless_the_page_repeats_itself() -> None:
    first = told("a", page="p", words=frozenset({"met", "rabat", "monday"}))
    title = told("b", page="p", words=frozenset({"met", "rabat"}))
    second = told("c", page="p", words=frozenset({"talks", "envoy", "later"}))
    assert together(first, title)
    assert not together(first, second)


def test_a_third_page_does_not_join_what_one_page_tells_apart() -> None:
    first = told("a", page="p", words=frozenset({"met", "rabat", "monday"}))
    second = told("c", page="p", words=frozenset({"talks", "envoy", "later"}))
    clusters = merge_accounts([first, second, told("d", words=frozenset({"met", "rabat", "king"}))])
    assert sorted(len(c.members) for c in clusters) == [1, 2]


def test_judgements_win() -> None:
    alike, unlike = (told("a"), told("b")), (told("a"), told("b", event_type="SANCTION", first=DAY + 90, last=DAY + 90))
    assert len(merge_accounts(alike, different=[("a", "b")])) == 2
    assert len(merge_accounts(unlike, same=[("b", "a")])) == 1


def test_events_in_three_languages_and_a_copy() -> None:
    pages = [
        meeting(3, "A"),
        reading(
            "المغرب وأمريكا",
            "التقى ناصر بوريطة وزير الخارجية أنتوني بلينكن في الرباط.",
            [
                (
                    "التقى ناصر بوريطة وزير الخارجية أنتوني بلينكن",
                    "CONSULT",
                    ["MAR:GOV Nasser Bourita"],
                    ["USA:GOV Antony Blinken"],
                    {"date": "2021-05-03", "symmetric": True},
                )
            ],
            published="2021-05-04",
            language="ar",
        ),
        meeting(10, "B"),
    ]
    merged = merge(pages)
    ids = [merged.event_of(r.article.page.sha256, r.events[0].id) for r in pages]
    assert ids[0] == ids[1] != ids[2]
    assert merge([*pages, pages[0]]).clusters == merged.clusters


_ACCOUNTS = st.lists(
    st.builds(
        lambda page, kind, mode, sources, targets, symmetric, day, long, status, words, who, assumed: {
            "page": f"p{page}",
            "event_type": kind,
            "mode": mode,
            "sources": frozenset(sources),
            "targets": frozenset(targets),
            "symmetric": symmetric,
            "first": None if day is None else DAY + day,
            "last": None if day is None else DAY + day + long,
            "published": DAY + 3,
            "status": status,
            "words": frozenset(words),
            "people": (person(who),) if who else (),
            "assumed": assumed and day is not None and not long,
        },
        st.integers(0, 4),
        st.sampled_from(["CONSULT", "SUPPORT", "AGREE", "SANCTION", "COERCE"]),
        st.sampled_from([None, "visit", "phone"]),
        st.sets(st.sampled_from(["MAR", "USA", "FRA"]), max_size=2),
        st.sets(st.sampled_from(["MAR", "USA", "FRA"]), max_size=2),
        st.booleans(),
        st.sampled_from([None, 0, 0, 0, 1, 2, 30]),
        st.sampled_from([0, 0, 29, 364]),
        st.sampled_from(["occurred", "planned", "cancelled"]),
        st.sets(st.sampled_from(["rabat", "talks", "libya"]), max_size=3),
        st.sampled_from(["", "", "nasser bourita", "antony blinken"]),
        st.booleans(),
    ),
    max_size=14,
)


@given(_ACCOUNTS, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_order_of_accounts_does_not_matter(items: list[dict[str, Any]], shuffle: random.Random) -> None:
    accounts = [told(f"k{i:02d}", **item) for i, item in enumerate(items)]
    expected = merge_accounts(accounts)
    shuffled = accounts[:]
    shuffle.shuffle(shuffled)
    assert merge_accounts(shuffled) == expected
    for cluster in expected:
        members = [a for a in accounts if a.key in cluster.members]
        assert not any(conflict(a, b) for a in members for b in members if a.key < b.key)


@given(_ACCOUNTS)
@settings(max_examples=100, deadline=None)
def test_likeness_is_symmetric(items: list[dict[str, Any]]) -> None:
    accounts = [told(f"k{i:02d}", **item) for i, item in enumerate(items)]
    for a, b in combinations(accounts, 2):
        assert conflict(a, b) == conflict(b, a)
        assert score(a, b) == score(b, a)


def _partition(record: Record, pages: list[Reading]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for page in pages:
        sha256 = page.article.page.sha256
        for mention, event in record.event_ids(sha256).items():
            groups.setdefault(event, set()).add(f"{sha256}/{mention}")
    return {frozenset(g) for g in groups.values()}


def test_one_by_one_in_any_order_and_all_at_once_give_the_same_events(tmp_path: Path) -> None:
    pages = [meeting(3, "A"), meeting(3, "B"), meeting(4, "C"), meeting(5, "D"), meeting(10, "E")]
    merged = merge(pages)
    expected: dict[str, set[str]] = {}
    for (sha256, mention), event in merged.events.items():
        expected.setdefault(event, set()).add(f"{sha256}/{mention}")
    wanted = {frozenset(g) for g in expected.values()}
    with Record(tmp_path / "all.db") as record:
        record.add_many(pages)
        assert _partition(record, pages) == wanted
    for i, order in enumerate(list(permutations(pages))[::24]):
        with Record(tmp_path / f"{i}.db") as record:
            for page in order:
                record.add(page)
            assert _partition(record, pages) == wanted
            assert record.doctor() == []


def test_a_dialogue_of_one_month_told_by_two_pages_its_next_round_and_an_agreement_of_years_before() -> None:
    """Two rounds of the talks in Bouznika, September and October 2020, and Skhirat in 2015: three events."""
    parliament = "LBY:LEG"
    september = reading(
        "Praise for the talks",
        "Delegations of the two Libyan chambers met in Bouznika as guests of Morocco. "
        "In 2015 Morocco brokered the accord of Skhirat.",
        [
            (
                "Delegations of the two Libyan chambers met in Bouznika as guests of Morocco", "CONSULT", ["MAR"],
                [parliament], {"mode": "third-party", "date": "2020-09", "place": ("Bouznika", "MAR")},
            ),
            (
                "Morocco brokered the accord of Skhirat", "CONSULT", ["MAR"], [parliament],
                {"mode": "third-party", "date": "2015", "place": ("Skhirat", "MAR")},
            ),
        ],
        "2020-09-13",
    )  # fmt: skip
    october = reading(
        "A minister in Rabat",
        "Talks between the Libyan chambers go on in Bouznika this evening. "
        "Morocco had the chambers at its table last month. "
        "In 2015 Morocco hosted the talks that ended in the accord of Skhirat.",
        [
            (
                "Talks between the Libyan chambers go on in Bouznika this evening", "CONSULT", ["MAR"], [parliament],
                {"mode": "third-party", "date": "2020-10-02", "status": "planned", "place": ("Bouznika", "MAR")},
            ),
            (
                "Morocco had the chambers at its table last month", "CONSULT", ["MAR"], [parliament],
                {"mode": "third-party", "date": "2020-09"},
            ),
            (
                "Morocco hosted the talks that ended in the accord of Skhirat", "CONSULT", ["MAR"], [parliament],
                {"mode": "third-party", "date": "2015", "place": ("Skhirat", "MAR")},
            ),
        ],
        "2020-10-02",
        "The Post",
    )  # fmt: skip
    found = merge([september, october])
    first, second = ([found.event_of(r.article.page.sha256, e.id) for e in r.events] for r in (september, october))
    assert len(found.clusters) == 3
    assert first == second[1:]
    assert second[0] not in first


def test_what_thousands_of_pages_tell_is_one_event() -> None:
    accounts_of_it = [
        told(f"{i:05d}", words=frozenset({"met", f"w{i % 50}"}), published=DAY + i % 4) for i in range(10_000)
    ]
    accounts_of_it += [told(f"x{i}", first=DAY + 40, last=DAY + 40) for i in range(10)]
    assert sorted(len(c.members) for c in merge_accounts(accounts_of_it)) == [10, 10_000]
