"""Arabic: frames, status and roles on sentences in the manner of the press, and the files they rest on."""

from __future__ import annotations

import pytest

from dragoman.codebook import load
from dragoman.codebook.check import check
from dragoman.coding.coder import code
from dragoman.coding.reading import EventMention
from dragoman.language.ar.names import latin, person_after_title
from dragoman.language.operators import operators
from dragoman.language.reporting import reporting
from dragoman.pages.article import Article, Page, PublicationDate, Segment


def events(text: str) -> tuple[EventMention, ...]:
    page = Page(text, text.encode(), "utf-8", "text", "0" * 64)
    segment = Segment("body", "ar", 0, len(text), text)
    published = PublicationDate("2021-03-10", "test")
    return code(Article(page, None, None, None, None, "ar", published, (segment,))).events


def side(actors: tuple[object, ...]) -> set[str]:
    return {str(getattr(actor, "code", "")).partition(":")[0] for actor in actors}


@pytest.mark.parametrize(
    ("text", "kind", "sources", "targets", "status"),
    [
        ("زار الرئيس الفرنسي إيمانويل ماكرون الجزائر يوم الخميس.", "CONSULT", "FRA", "DZA", "occurred"),
        ("استقبل الرئيس التونسي قيس سعيد وزير الخارجية الإيطالي.", "CONSULT", "TUN", "ITA", "occurred"),
        ("مباحثات مغربية إسبانية حول الهجرة.", "CONSULT", "MAR", "ESP", "occurred"),
        ("سيزور رئيس الوزراء الهندي الإمارات.", "CONSULT", "IND", "ARE", "planned"),
        ("من المقرر أن يزور الرئيس الصيني السعودية الأسبوع المقبل.", "CONSULT", "CHN", "SAU", "planned"),
        ("ألغى الرئيس الجزائري زيارته إلى فرنسا.", "CONSULT", "DZA", "FRA", "cancelled"),
        ("لم يلتق وزير الخارجية المصري نظيره الإثيوبي.", "CONSULT", "EGY", "ETH", "negated"),
        ("اتهم الرئيس الأوكراني روسيا بارتكاب جرائم حرب.", "ACCUSE", "UKR", "RUS", "occurred"),
        ("أعربت مصر عن إدانتها للهجوم على العراق.", "ACCUSE", "EGY", "IRQ", "occurred"),
        ("دعت فرنسا إيران إلى الإفراج عن مواطنيها.", "REQUEST", "FRA", "IRN", "occurred"),
        ("رفضت إيران التفاوض مع الولايات المتحدة.", "REJECT", "IRN", "USA", "occurred"),
        ("هددت روسيا بقطع العلاقات مع فنلندا.", "THREATEN", "RUS", "FIN", "occurred"),
        ("فرض الاتحاد الأوروبي عقوبات على روسيا.", "SANCTION", "IGOEUR", "RUS", "occurred"),
        ("استدعت الجزائر سفيرها لدى باريس للتشاور.", "SANCTION", "DZA", "FRA", "occurred"),
        ("قد تقطع الجزائر علاقاتها مع فرنسا.", "SANCTION", "DZA", "FRA", "hypothetical"),
        ("رفعت الولايات المتحدة العقوبات عن السودان.", "CONCEDE", "USA", "SDN", "occurred"),
        ("هنأ الملك محمد السادس الرئيس السنغالي.", "SUPPORT", "MAR", "SEN", "occurred"),
        ("اعترفت إسبانيا بدولة فلسطين.", "SUPPORT", "ESP", "PSE", "occurred"),
        ("تعهدت اليابان بتقديم مليون دولار للأردن.", "AGREE", "JPN", "JOR", "occurred"),
        ("أرسلت الإمارات مساعدات إنسانية إلى السودان.", "AID", "ARE", "SDN", "occurred"),
        ("شن الجيش السوداني غارات على مواقع قوات الدعم السريع.", "ASSAULT", "SDN", "SDN", "occurred"),
        ("أفرجت إيران عن مواطن فرنسي.", "RETREAT", "IRN", "FRA", "occurred"),
        ("انسحبت القوات الفرنسية من مالي.", "RETREAT", "FRA", "MLI", "occurred"),
        ("نشرت الجزائر قوات على الحدود مع ليبيا.", "MOBILIZE", "DZA", "LBY", "occurred"),
        ("تظاهر آلاف العراقيين ضد الحكومة في بغداد.", "PROTEST", "IRQ", "IRQ", "occurred"),
    ],
)
def test_a_sentence_gives_its_event(text: str, kind: str, sources: str, targets: str, status: str) -> None:
    found = events(text)
    assert [(e.event_type, side(e.sources), side(e.targets), e.status) for e in found] == [
        (kind, {sources}, {targets}, status)
    ]
    assert all(text[e.start : e.end] == e.quote for e in found)


@pytest.mark.parametrize(
    "text", ["قال الوزير إن الطقس جميل.", "تقع فرنسا في غرب أوروبا.", "يبلغ عدد سكان مصر مئة مليون."]
)
def test_what_is_no_event_gives_none(text: str) -> None:
    assert events(text) == ()


def test_the_frames_cover_every_type_and_are_sound() -> None:
    codebook = load()
    frames = codebook.frames("ar")
    assert len(frames) > 2500
    assert {f.type for f in frames} == set(codebook.types)
    assert [str(p) for p in check(codebook) if "/ar" in p.file] == []


def test_reporting_and_status_words_are_read() -> None:
    words = reporting("ar")
    assert "أكد" in words.lemmas
    assert words.search("وأضاف الوزير: «لن ننسحب».") is not None
    assert operators("ar").of("اعتزم")[0].status == "planned"


@pytest.mark.parametrize(
    ("text", "title", "name"),
    [
        ("وزير الدفاع التشادي داود يحيى إبراهيم زار باريس", "وزير الدفاع التشادي", "داود يحيى إبراهيم"),
        ("الرئيس محمد ولد عبد العزيز وصل إلى داكار", "الرئيس", "محمد ولد عبد العزيز"),
        ("الوزير قال إن", "الوزير", None),
        ("وزير الخارجية في الرباط", "وزير الخارجية", None),
    ],
)
def test_a_name_is_found_behind_a_title(text: str, title: str, name: str | None) -> None:
    found = person_after_title(text, len(title))
    assert (None if found is None else text[found[0] : found[1]]) == name


@pytest.mark.parametrize(
    ("name", "written"),
    [("محمد ولد عبد العزيز", "Mohammed Ould Abdulaziz"), ("عمر هلال", "Omar Hilal"), ("نبيل بشير", "Nabil Bashir")],
)
def test_names_are_written_in_latin_letters(name: str, written: str) -> None:
    assert latin(name) == written
