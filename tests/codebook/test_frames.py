"""Frames: reading, needs, the index and its gate."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from dragoman.codebook import FrameError, load
from dragoman.codebook.frames import FrameIndex, cut_lines

LINE = "meet|see_off.v\tobj!=deadline;with=@chief|minist*\tsubj\tobj,with\tCONSULT\tmeet\t040\tsymmetric;weak"


def index(*lines: str) -> FrameIndex:
    return FrameIndex("en", cut_lines("\n".join(lines), Path("en/T.tsv")), {"chief": "king|president"})


def test_a_line_is_read() -> None:
    frame = index(LINE).of("meet", "v")[0]
    assert (frame.type, frame.mode, frame.cameo) == ("CONSULT", "meet", "040")
    assert frame.sources == ("subj",) and frame.targets == ("obj", "with")
    assert frame.flags == {"symmetric", "weak"}
    assert str(frame).endswith("(en/T.tsv:1)")


def test_needs() -> None:
    frame = index(LINE).of("meet", "v")[0]
    assert frame.fits({"obj": ["king"], "with": ["president"]})
    assert frame.fits({"with": ["ministry"]})
    assert not frame.fits({"obj": ["deadline"], "with": ["king"]})
    assert not frame.fits({"obj": ["king"]})


def test_a_slot_may_be_asked_to_be_filled_or_empty() -> None:
    frames = index("call.v\tcomp!=*\tsubj\tobj\tCONSULT\t-\t-\t-", "call.v\tcomp;on=*\tsubj\ton\tREQUEST\t-\t-\t-")
    request, call = frames.of("call", "v")
    assert request.fits({"comp": ["leave"], "on": ["king"]}) and not request.fits({"on": ["king"]})
    assert call.fits({}) and not call.fits({"comp": ["leave"]})


def test_a_need_may_name_several_slots() -> None:
    frame = index("talk.v\twith|to=@chief\tsubj\twith,to\tCONSULT\t-\t-\t-").of("talk", "v")[0]
    assert frame.fits({"to": ["king"]}) and frame.fits({"with": ["king"]}) and not frame.fits({"with": ["dog"]})


def test_multiword_predicates_stand_under_their_first_word() -> None:
    frame = index(LINE).of("see", "v")[0]
    assert frame.rest == ("off",)
    assert index("pull-out.n\t-\tby\tfrom\tRETREAT\t-\t-\t-").of("pull", "n")[0].rest == ("-", "out")


def test_the_specific_comes_first_and_the_later_replaces() -> None:
    plain = "hold.v\t-\tsubj\tobj\tCOERCE\t-\t-\t-"
    needy = "hold.v\tobj=talk\tsubj\twith\tCONSULT\t-\t-\t-"
    again = "hold.v\t-\tsubj\tobj\tAID\t-\t-\t-"
    assert [f.type for f in index(plain, needy).of("hold", "v")] == ["CONSULT", "COERCE"]
    assert [f.type for f in index(plain, needy, again).of("hold", "v")] == ["CONSULT", "AID"]
    assert index(plain, "hold.v\t-\t-\t-\t-\t-\t-\t-").of("hold", "v") == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("meet.v\t-\tsubj", "line 1: 3 columns"),
        (LINE.replace(".v", ".x"), "does not end in"),
        (LINE.replace("@chief", "@no"), "_classes.tsv"),
        (LINE.replace("obj!=deadline", "obj=a||b"), "need 'obj=a"),
    ],
)
def test_errors_name_file_and_line(line: str, message: str) -> None:
    with pytest.raises(FrameError, match=message) as caught:
        index(line).of("meet", "v")
    assert "T.tsv" in str(caught.value)


def test_the_gate_lets_every_trigger_through() -> None:
    frames = load().frames("en")
    assert frames.surface_gate("Rabat withdrew its ambassador.")
    assert frames.surface_gate("They met.")
    assert not frames.surface_gate("Zzz!")


def test_forms_lead_to_verbs() -> None:
    frames = load().frames("en")
    assert frames.verb_of("froze") == "freeze"
    assert frames.verb_of("freed") == "free"
    assert frames.verb_of("vetoed") == "veto"
    assert frames.verb_of("table-tennis") is None


@pytest.mark.parametrize(
    ("lemma", "pos", "slots", "kind"),
    [
        ("condemn", "v", {"obj": ["attack"]}, "ACCUSE"),
        ("hold", "v", {"obj": ["talk"], "with": ["minister"]}, "CONSULT"),
        ("recall", "v", {"obj": ["ambassador"]}, "SANCTION"),
        ("urge", "v", {"obj": ["iran"], "comp": ["release"]}, "REQUEST"),
        ("refuse", "v", {"comp": ["meet"]}, "REJECT"),
        ("threaten", "v", {"comp": ["sever"]}, "THREATEN"),
        ("agree", "v", {"comp": ["withdraw"]}, "AGREE"),
        ("lift", "v", {"obj": ["sanction"], "on": ["iran"]}, "CONCEDE"),
        ("pledge", "v", {"obj": ["million"], "to": ["kenya"]}, "AGREE"),
        ("take", "v", {"to": ["street"]}, "PROTEST"),
        ("open", "v", {"obj": ["fire"], "on": ["convoy"]}, "ASSAULT"),
        ("impose", "v", {"obj": ["curfew"]}, "COERCE"),
        ("swap", "v", {"obj": ["prisoner"]}, "COOPERATE"),
        ("grant", "v", {"obj": ["asylum"]}, "AID"),
        ("apologise", "v", {"to": ["korea"]}, "CONCEDE"),
        ("withdrawal", "n", {"of": ["troop"], "from": ["mali"]}, "RETREAT"),
        ("veto", "v", {"obj": ["resolution"]}, "REJECT"),
        ("sign", "v", {"obj": ["treaty"], "with": ["france"]}, "SUPPORT"),
        ("mass", "v", {"obj": ["troop"], "along": ["border"]}, "MOBILIZE"),
    ],
)
def test_english_frames(lemma: str, pos: str, slots: dict[str, list[str]], kind: str) -> None:
    fitting = [frame for frame in load().frames("en").of(lemma, pos) if not frame.rest and frame.fits(slots)]
    assert fitting and fitting[0].type == kind


def test_no_everyday_sense_fires() -> None:
    frames = load().frames("en")
    for lemma, slots in (
        ("meet", {"obj": ["deadline"]}),
        ("shoot", {"obj": ["film"]}),
        ("release", {"obj": ["statement"]}),
        ("beat", {"obj": ["expectation"]}),
    ):
        assert not [f for f in frames.of(lemma, "v") if not f.rest and f.fits(slots) and "weak" not in f.flags], lemma


def test_thousands_of_lines_load_in_a_blink() -> None:
    start = time.process_time()
    text = (Path(__file__).parents[2] / "src/dragoman/codebook/data/frames/en/CONSULT.tsv").read_text("utf-8")
    FrameIndex("en", cut_lines(text * 20, Path("en/CONSULT.tsv")))
    assert time.process_time() - start < 0.3
