"""Arabic: constructions of the press, one sentence of ours for each, and the events expected."""

from __future__ import annotations

import hashlib

import pytest

from dragoman.coding.coder import code
from dragoman.coding.reading import Reading
from dragoman.coding.settings import Settings
from dragoman.pages.article import Article, Page, PublicationDate, Segment


def read(*paragraphs: str, published: str = "2014-09-02", model: bool = True) -> Reading:
    """The reading of an Arabic article with these body paragraphs; without `model` by frames alone."""
    text = "\n".join(paragraphs)
    raw = text.encode()
    page = Page(text, raw, "utf-8", "text", hashlib.sha256(raw).hexdigest())
    segments, start = [], 0
    for paragraph in paragraphs:
        segments.append(Segment("body", "ar", start, start + len(paragraph), paragraph))
        start += len(paragraph) + 1
    article = Article(page, None, None, None, None, "ar", PublicationDate(published, "test"), tuple(segments))
    return code(article, Settings(model=model))


def sides(actors: tuple[object, ...]) -> set[str]:
    """Countries and organisations of one side."""
    return {str(getattr(actor, "code", "")).partition(":")[0] for actor in actors}


CASES = [
    # subject and object side by side, each with its own adjective or name
    ("عزل الجيش المصري الرئيس محمد مرسي.", "COERCE", {"EGY"}, {"EGY"}),
    ("خطف حزب الله جنديين إسرائيليين على الحدود.", "ASSAULT", {"LBN"}, {"ISR"}),
    ("أسقطت مقاتلات تركية قاذفة روسية قرب الحدود السورية.", "ASSAULT", {"TUR"}, {"RUS"}),
    # an object behind a phrase with a preposition
    ("وقعت الولايات المتحدة وحركة طالبان في الدوحة اتفاقا ينص على وقف القتال.", "SUPPORT", {"AFG", "USA"}, set()),
    ("أطلقت إيران مئات الصواريخ باتجاه إسرائيل ردا على قصف قنصليتها.", "ASSAULT", {"IRN"}, {"ISR"}),
    # what something is called, and a clause that takes up its noun with a pronoun
    ("وصفت تركيا موقف فرنسا بأنه استفزاز خطير.", "ACCUSE", {"TUR"}, {"FRA"}),
    ("أرسلت الأمم المتحدة طائرات محملة بمساعدات إلى باكستان التي اجتاحتها الفيضانات.", "AID", {"IGOUNO"}, {"PAK"}),
    # somebody else's ambassador is summoned, one's own recalled
    ("استدعى الرئيس الفرنسي السفير الروسي.", "ACCUSE", {"FRA"}, {"RUS"}),
    ("استدعت كولومبيا سفيرها في كراكاس، ريكاردو لوثانو، للتشاور.", "SANCTION", {"COL"}, {"VEN"}),
    # passives
    ("أُصيب ثلاثة جنود أتراك في هجوم شنه حزب العمال الكردستاني في هكاري.", "ASSAULT", {"TUR"}, {"TUR"}),
    ("تم ترحيل ثلاثة دبلوماسيين روس من جمهورية التشيك.", "SANCTION", {"CZE"}, {"RUS"}),
    # verbal nouns with subject and object
    ("أدانت المنظمة استهداف جماعة الحوثي مطار أبها السعودي.", "ASSAULT", {"YEM"}, {"SAU"}),
    (
        "جاء ذلك خلال استقبال الرئيس المصري رئيس الوزراء الإسرائيلي بنيامين نتنياهو في القاهرة.",
        "CONSULT",
        {"EGY"},
        {"ISR"},
    ),
    ("يعتزم الرئيس الصربي ألكسندر فوتشيتش زيارة موسكو الشهر المقبل.", "CONSULT", {"SRB"}, {"RUS"}),
    # an official is what his title says, also with a name behind it
    ("استدعت بيرو السفير المكسيكي بابلو مونروي للاحتجاج.", "ACCUSE", {"PER"}, {"MEX"}),
    # an aside with a preposition between subject and object
    ("التقى الرئيس الكوبي، بوساطة كندية، نظيره الكولومبي خوان مانويل سانتوس.", "CONSULT", {"CUB"}, {"COL"}),
    ("استقبل رئيس الوزراء النيبالي، في كتماندو، وزير الخارجية البوتاني.", "CONSULT", {"NPL"}, {"BTN"}),
    # a people behind the name of another state
    ("منعت بيونغ يانغ الماليزيين من مغادرة أراضيها.", "COERCE", {"PRK"}, {"MYS"}),
    # what is opened belongs to nobody before it
    ("أطلق جنود إثيوبيون النار على لاجئين إريتريين.", "ASSAULT", {"ETH"}, {"ERI"}),
    # two objects
    ("سلّمت فرنسا الجيش اللبناني مدرعات خفيفة.", "AID", {"FRA"}, {"LBN"}),
    # a clause of its own behind كما and و
    ("نددت الرباط بالقصف كما دانت الجامعة العربية تصريحات إيران.", "ACCUSE", {"IGOARB"}, {"IRN"}),
    # an office of an organisation is the organisation's
    ("زار الرئيس المصري باريس، وهنأ الأمين العام للأمم المتحدة تونس.", "SUPPORT", {"IGOUNO"}, {"TUN"}),
    # a pronoun takes up the noun that a relative clause describes
    ("أدانت إسبانيا الهجوم الذي نفذته حركة الشباب على فندق في مقديشو.", "ASSAULT", {"SOM"}, {"SOM"}),
    ("أصدرت الخارجية الأردنية بيانا نددت فيه بالقصف الإسرائيلي على غزة.", "ACCUSE", {"JOR"}, {"ISR"}),
    ("ألقى الرئيس السوداني خطابا دعا فيه إثيوبيا إلى سحب قواتها.", "REQUEST", {"SDN"}, {"ETH"}),
    # an envoy is whose envoy he is, not the state's that he is sent to
    ("حث المبعوث الأممي إلى اليمن مارتن غريفيث الحوثيين على وقف إطلاق النار.", "REQUEST", {"IGOUNO"}, {"YEM"}),
    ("حذر المبعوث الأميركي الخاص إلى سوريا جيمس جيفري دمشق.", "THREATEN", {"USA"}, {"SYR"}),
    # men of a group, and what a group's adjective says
    ("قتل مسلحون من حركة الشباب جنديين كينيين.", "ASSAULT", {"SOM"}, {"KEN"}),
    ("أدانت المنامة الهجوم الحوثي على السعودية.", "ACCUSE", {"BHR"}, {"YEM"}),
    # what others lend to an act is no part of it
    ("قطعت تشاد علاقاتها بالسودان قبل استئنافها بوساطة ليبية.", "SANCTION", {"TCD"}, {"SDN"}),
    # an ambassador summoned where he is posted, and one called home from there
    ("استدعت الخارجية الفرنسية السفير الجزائري لدى باريس.", "ACCUSE", {"FRA"}, {"DZA"}),
    ("قررت الكويت استدعاء سفيرها لدى إيران.", "SANCTION", {"KWT"}, {"IRN"}),
    # titles shared by several, each with a demonym or a state and a name
    ("التقى الرئيس المصري نظيريه السوداني عمر البشير والإريتري أسياس أفورقي.", "CONSULT", {"EGY"}, {"SDN", "ERI"}),
    # an indefinite object that ends in -an without its sign
    ("قدمت أنقرة اعتذارا رسميا لموسكو عن إسقاط الطائرة.", "CONCEDE", {"TUR"}, {"RUS"}),
    ("أجرت كوريا الشمالية تجربة صاروخية باليستية.", "MOBILIZE", {"PRK"}, set()),
    # no name behind a title: what he sends
    ("بعث ملك الأردن برقية تهنئة إلى أمير الكويت.", "CONSULT", {"JOR"}, {"KWT"}),
    # idioms of the press
    ("أعلنت بيروت السفير الإيراني شخصا غير مرغوب فيه.", "SANCTION", {"LBN"}, {"IRN"}),
    ("سارعت الجزائر إلى إغاثة المنكوبين في تركيا.", "AID", {"DZA"}, {"TUR"}),
    # what أما sets out is the subject of the verb behind ف
    ("أما موسكو فأدانت القصف الأميركي على بغداد.", "ACCUSE", {"RUS"}, {"USA"}),
    ("أما الهند، وهي أكبر مستورد للسلاح، فرحبت بالقرار الإسرائيلي.", "SUPPORT", {"IND"}, {"ISR"}),
    # the pronoun on أن stands for who tells
    ("أعلن الرئيس الكولومبي أنه سيزور هافانا الشهر المقبل.", "CONSULT", {"COL"}, {"CUB"}),
    # a government is that of whom it is named after
    ("اتهمت حكومة نيكولاس مادورو كولومبيا بالتآمر.", "ACCUSE", {"VEN"}, {"COL"}),
    # what something is called
    ("اعتبرت براغ أن تصريحات الوزير الروسي وقاحة.", "ACCUSE", {"CZE"}, {"RUS"}),
    ("اعتبر البرلمان الأوروبي قرار بودابست انتهاكا للقيم.", "ACCUSE", {"IGOEUR"}, {"HUN"}),
    # a short verb between a conjunction and a pronoun, a past behind ف, a body behind طالب
    ("حذا الأردن حذو مصر فسحب سفيره من تل أبيب.", "SANCTION", {"JOR"}, {"ISR"}),
    ("طالب الاتحاد الأوروبي إسرائيل بوقف الاستيطان.", "REQUEST", {"IGOEUR"}, {"ISR"}),
    # objects with an article, a noun in -ية, a hand that is no verb
    ("رفعت كييف الرسوم الجمركية على البضائع البيلاروسية.", "SANCTION", {"UKR"}, {"BLR"}),
    ("مدت ألمانيا يد المساعدة إلى اليونان.", "AID", {"DEU"}, {"GRC"}),
    ("خففت السعودية لهجتها تجاه طهران.", "CONCEDE", {"SAU"}, {"IRN"}),
]


@pytest.mark.parametrize(("text", "kind", "sources", "targets"), CASES)
def test_constructions(text: str, kind: str, sources: set[str], targets: set[str]) -> None:
    found = [(e.event_type, sides(e.sources), sides(e.targets)) for e in read(text).events]
    assert (kind, sources, targets) in found


@pytest.mark.parametrize(
    ("text", "kind", "both"),
    [
        ("بحث الوزيران الأردني والسوري فتح المعابر.", "CONSULT", {"JOR", "SYR"}),
        ("اتفق الجانبان المصري والسوداني على إعادة تفعيل اللجنة المشتركة.", "AGREE", {"EGY", "SDN"}),
        ("التقى كيم جونغ أون نظيره مون جيه إن في قرية حدودية.", "CONSULT", {"PRK", "KOR"}),
    ],
)
def test_two_act_together(text: str, kind: str, both: set[str]) -> None:
    found = [(e.event_type, sides(e.sources) | sides(e.targets)) for e in read(text, published="2018-05-02").events]
    assert (kind, both) in found


@pytest.mark.parametrize(
    ("text", "kind", "both"),
    [
        ("اجتمع وزير الخارجية الفيجي بنظيره السنغافوري، واتفقا على تبادل السفراء.", "AGREE", {"FJI", "SGP"}),
        ("استقبل رئيس باراغواي نظيره البوليفي، ووقعا اتفاقا لتصدير الغاز.", "SUPPORT", {"PRY", "BOL"}),
    ],
)
def test_a_verb_in_the_dual_tells_of_the_two_who_met(text: str, kind: str, both: set[str]) -> None:
    events = [e for e in read(text).events if e.event_type == kind]
    assert any(sides((*e.sources, *e.targets)) == both for e in events)


@pytest.mark.parametrize(
    "text",
    ["أكدت طوكيو ذلك رداً على هجوم في البلاد.", "اجتمعت حكومة غانا ردا على هجوم مسلح."],
)
def test_the_ground_of_an_act_is_no_act(text: str) -> None:
    assert not [e for e in read(text).events if e.event_type == "ASSAULT"]


@pytest.mark.parametrize("text", ["زارت وزيرة المالية اليابانية الدول الثلاث.", "انتقدت سيول الدولة المجاورة."])
def test_common_words_are_no_towns(text: str) -> None:
    assert not [
        e.location for e in read(text).events if e.location is not None and e.location.name in ("Malé", "Dhule")
    ]


def test_what_is_denied_to_have_been_is_negated() -> None:
    (event,) = read("نفت الجزائر أن تكون قد سمحت للطائرات الفرنسية بعبور أجوائها.", model=False).events
    assert event.status == "negated"


def test_the_two_countries_are_not_who_congratulates_them() -> None:
    told = read("وقعت إثيوبيا وإريتريا اتفاق سلام في أسمرة.", "وهنأت السعودية البلدين.", published="2018-07-16")
    thanks = [e for e in told.events if sides(e.sources) == {"SAU"}]
    assert [sides(e.targets) for e in thanks] == [{"ETH", "ERI"}]


def test_a_state_is_called_by_its_epithet() -> None:
    told = read(
        "وقعت السعودية وروسيا اتفاقا للتعاون في موسكو.", "وأشاد الرئيس الروسي فلاديمير بوتين بدور المملكة في سوق النفط."
    )
    praise = [e for e in told.events if e.event_type == "SUPPORT" and sides(e.sources) == {"RUS"}]
    assert [sides(e.targets) for e in praise] == [{"SAU"}]


def test_a_given_name_stands_for_who_was_named_in_full() -> None:
    told = read(
        "استقبل رئيس الوزراء الإثيوبي آبي أحمد الرئيس الإريتري أسياس أفورقي.",
        "وشكر آبي السعودية.",
        published="2018-07-16",
    )
    names = {a.name for e in told.events if e.event_type == "SUPPORT" for a in e.sources}
    assert names == {"Abiy Ahmed"}
