"""Writes a seeded corpus of WARC files: news pages in three languages with furniture, three tenths of them copies.

    python benchmarks/corpus.py FOLDER --pages 100000 --files 20

The same seed gives the same bytes. Sentences and names are ours; who met whom is made up. About a minute and 90 MB of
disk for 10,000 pages.
"""

from __future__ import annotations

import argparse
import gzip
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

COPIED = 0.3  # share of pages that print an earlier page's story again
CUT = 0.4  # share of the copies that are cut short
KEPT = 400  # stories that may still be copied
FIRST = date(2021, 1, 1)
LANGUAGES = ("en", "fr", "ar")
SHARES = (0.5, 0.25, 0.25)
STATES = {
    "en": "France Morocco Egypt Spain Algeria Libya Turkey Russia China Japan Iran Iraq Jordan Lebanon Tunisia Sudan "
    "Germany Italy Brazil India Kenya Nigeria Senegal Mali Niger Chad Qatar Kuwait Oman Yemen".split(),
    "fr": "la France|le Maroc|l'Égypte|l'Espagne|l'Algérie|la Libye|la Turquie|la Russie|la Chine|le Japon|l'Iran|"
    "l'Irak|la Jordanie|le Liban|la Tunisie|le Soudan|l'Allemagne|l'Italie|le Brésil|l'Inde|le Kenya|le Nigeria|"
    "le Sénégal|le Mali|le Niger|le Tchad|le Qatar|le Koweït|Oman|le Yémen".split("|"),
    "ar": "فرنسا المغرب مصر إسبانيا الجزائر ليبيا تركيا روسيا الصين اليابان إيران العراق الأردن لبنان تونس السودان "
    "ألمانيا إيطاليا البرازيل الهند كينيا نيجيريا السنغال مالي النيجر تشاد قطر الكويت عمان اليمن".split(),
}
ACTS = {
    "en": (
        "The foreign minister of {a} met his counterpart from {b} in Geneva on {day} to discuss the border.",
        "{a} and {b} signed an agreement on fishing in Geneva on {day}.",
        "{a} recalled its ambassador from {b} on {day} in protest at the arrests.",
        "{a} condemned {b} on {day} over the attack on the embassy.",
        "{a} imposed sanctions on {b} on {day}.",
        "The president of {a} telephoned the president of {b} on {day}.",
        "{a} sent food aid to {b} on {day} after the floods.",
        "{a} called on {b} to release the detained sailors.",
        "{a} and {b} will hold talks on water next month.",
        "{a} denied that it had threatened {b} with force.",
    ),
    "fr": (
        "Le ministre des Affaires étrangères de {a} a rencontré {day} à Genève son homologue de {b}.",
        "{a} et {b} ont signé {day} un accord sur la pêche.",
        "{a} a rappelé {day} son ambassadeur de {b}.",
        "{a} a condamné {day} l'attaque menée par {b}.",
        "{a} a imposé {day} des sanctions contre {b}.",
        "{a} a envoyé {day} une aide alimentaire à {b} après les inondations.",
        "{a} a appelé {b} à libérer les marins détenus.",
        "{a} et {b} tiendront des pourparlers sur l'eau le mois prochain.",
    ),
    "ar": (
        "التقى وزير خارجية {a} نظيره من {b} في جنيف {day} لبحث الحدود.",
        "وقعت {a} و{b} اتفاقا حول الصيد البحري {day}.",
        "استدعت {a} سفيرها لدى {b} {day} احتجاجا على الاعتقالات.",
        "أدانت {a} {day} الهجوم الذي شنته {b}.",
        "فرضت {a} عقوبات على {b} {day}.",
        "أرسلت {a} مساعدات غذائية إلى {b} {day} بعد الفيضانات.",
        "دعت {a} {b} إلى الإفراج عن البحارة المحتجزين.",
    ),
}
FILLERS = {
    "en": (
        "Officials spoke to reporters after the meeting and gave few details of what had been said.",
        "The two delegations had lunch together and walked through the old town in the afternoon.",
        "Prices in the markets rose again this week, and traders said that the rains had come too late.",
        "A local historian recalled that the road had been built by hand more than a hundred years ago.",
        "The hospital has treated some four hundred patients since the spring, most of them children.",
        "Analysts doubt that much will change before the summer, when the parliament goes into recess.",
        "Schools in the north stayed closed because of the snow, and buses ran only on the main roads.",
        "“We are hopeful, but we have been hopeful before,” said a shopkeeper near the square.",
        "The report runs to three hundred pages and took a team of twelve nearly two years to write.",
        "Fishermen along the coast say that the catch has fallen by half since the new port was opened.",
        "The museum will show the photographs until the end of the year, and entry is free on Sundays.",
        "Engineers expect the bridge to carry its first trains in the autumn of next year.",
    ),
    "fr": (
        "Les responsables ont parlé à la presse après la rencontre, sans donner beaucoup de détails.",
        "Les deux délégations ont déjeuné ensemble puis se sont promenées dans la vieille ville.",
        "Les prix ont encore augmenté cette semaine sur les marchés, et les pluies sont venues trop tard.",
        "Un historien a rappelé que la route avait été construite à la main il y a plus de cent ans.",
        "L'hôpital a soigné quelque quatre cents malades depuis le printemps, surtout des enfants.",
        "Les analystes doutent que les choses changent avant l'été et les vacances du parlement.",
        "« Nous avons de l'espoir, mais nous en avions déjà eu », dit un commerçant près de la place.",
        "Le musée montrera les photographies jusqu'à la fin de l'année ; l'entrée est libre le dimanche.",
        "Les ingénieurs pensent que les premiers trains passeront sur le pont à l'automne prochain.",
    ),
    "ar": (
        "وتحدث المسؤولون إلى الصحافة بعد اللقاء من دون أن يقدموا تفاصيل كثيرة.",
        "وتناول الوفدان الغداء معا ثم تجولا في المدينة القديمة بعد الظهر.",
        "وارتفعت الأسعار في الأسواق هذا الأسبوع مرة أخرى بعد أن تأخرت الأمطار.",
        "وذكر مؤرخ محلي أن الطريق شق باليد قبل أكثر من مئة عام.",
        "وعالج المستشفى نحو أربعمئة مريض منذ الربيع معظمهم من الأطفال.",
        "ويشك المحللون في أن يتغير الكثير قبل الصيف وعطلة البرلمان.",
        "ويعرض المتحف الصور حتى نهاية العام والدخول مجاني يوم الأحد.",
    ),
}
DAYS = {
    "en": "on {d} {m} {y}", "fr": "le {d} {m} {y}", "ar": "في {d} {m} {y}",
}  # fmt: skip
MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
}
HOSTS = tuple(f"{name}-{kind}.example" for kind in ("news", "daily", "post", "wire") for name in (
    "harbour", "valley", "summit", "river", "cedar", "atlas", "delta", "lighthouse", "meadow", "bridge",
))  # fmt: skip
_LINKS = {
    "en": ("World", "Business", "Sport", "Culture", "Weather", "Contact us", "Subscribe"),
    "fr": ("Monde", "Économie", "Sport", "Culture", "Météo", "Nous écrire", "S'abonner"),
    "ar": ("العالم", "اقتصاد", "رياضة", "ثقافة", "الطقس", "اتصل بنا", "اشترك"),
}


@dataclass(frozen=True, slots=True)
class Story:
    """What a page tells, whoever prints it."""

    language: str
    day: date
    title: str
    paragraphs: tuple[str, ...]


def day_words(language: str, day: date) -> str:
    """A day as a sentence of the language names it."""
    words = DAYS[language].format(d=day.day, m=MONTHS[language][day.month - 1], y=day.year)
    return words.removeprefix("on ") if language == "en" else words


def story(rng: random.Random, day: date) -> Story:
    """A new story about two states, with some fillers between its acts."""
    [language] = rng.choices(LANGUAGES, SHARES)
    a, b = rng.sample(range(len(STATES["en"])), 2)
    names = {"a": STATES[language][a], "b": STATES[language][b], "day": day_words(language, day)}
    acts = [act.format(**names) for act in rng.sample(ACTS[language], rng.choice((0, 1, 1, 2, 2, 3, 4)))]
    sentences = [s[0].upper() + s[1:] for s in acts]
    fillers = [rng.choice(FILLERS[language]) for _ in range(rng.randint(8, 22))]
    number = f"{rng.randint(11, 9999)}"
    for i, filler in enumerate(fillers):  # no two stories share a run of eight words by chance
        words = filler.split()
        words.insert(rng.randint(1, len(words) - 1), number)
        words.insert(rng.randint(1, len(words) - 1), str(rng.randint(11, 9999)))
        fillers[i] = " ".join(words)
    for sentence in sentences:
        fillers.insert(rng.randint(0, len(fillers)), sentence)
    paragraphs = []
    while fillers:
        size = rng.randint(1, 3)
        paragraphs.append(" ".join(fillers[:size]))
        fillers = fillers[size:]
    title = (sentences or paragraphs)[0].split(".")[0]
    return Story(language, day, f"{title} ({number})", tuple(paragraphs))


def copied(rng: random.Random, old: Story) -> Story:
    """The story as another outlet prints it: whole, or cut after some paragraphs."""
    if rng.random() < CUT and len(old.paragraphs) > 3:
        return Story(old.language, old.day, old.title, old.paragraphs[: rng.randint(2, len(old.paragraphs) - 1)])
    return old


def html(rng: random.Random, told: Story, host: str, related: Sequence[str]) -> str:
    """A page of `host` that prints the story between its menus, related headlines and footer."""
    links = "".join(f'<li><a href="/{i}">{name}</a></li>' for i, name in enumerate(_LINKS[told.language]))
    others = "".join(f'<li><a href="/r{i}">{title}</a></li>' for i, title in enumerate(related))
    body = "\n".join(f"<p>{p}</p>" for p in told.paragraphs)
    stamp = told.day.isoformat()
    direction = ' dir="rtl"' if told.language == "ar" else ""
    filling = "".join(f".c{i}{{margin:{rng.randint(0, 40)}px}}" for i in range(rng.randint(50, 400)))
    head = (
        f'<!DOCTYPE html><html lang="{told.language}"{direction}><head><meta charset="utf-8">'
        f"<title>{told.title} | {host}</title>"
        f'<meta property="article:published_time" content="{stamp}T08:00:00Z">'
        f'<meta property="og:site_name" content="{host}"><style>{filling}</style></head>'
    )
    article = f'<article><h1>{told.title}</h1><time datetime="{stamp}">{stamp}</time>\n{body}\n</article>'
    return (
        f"{head}<body><header><nav><ul>{links}</ul></nav></header><main>{article}</main>"
        f'<aside><ul class="related">{others}</ul></aside><footer><p>© {told.day.year} {host}</p><ul>{links}</ul>'
        f"</footer><script>var page = {rng.randint(1, 10**9)};</script></body></html>"
    )


def pages(count: int, seed: int = 1) -> Iterator[tuple[str, str, date]]:
    """(address, HTML, day of fetching) of every page, in the order of fetching."""
    rng = random.Random(seed)
    kept: list[Story] = []
    titles: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for number in range(count):
        day = FIRST + timedelta(days=number * 31 // max(count, 1))  # a month of news, whatever its size
        told = copied(rng, rng.choice(kept)) if kept and rng.random() < COPIED else story(rng, day)
        if len(kept) < KEPT:
            kept.append(told)
        else:
            kept[rng.randrange(KEPT)] = told
        host = rng.choice(HOSTS)
        earlier = titles[told.language]
        text = html(rng, told, host, rng.sample(earlier, min(5, len(earlier))))
        titles[told.language] = [*earlier[-40:], told.title]
        yield f"https://{host}/{day:%Y/%m/%d}/{number:06d}.html", text, day


def record(number: int, url: str, text: str, day: date) -> bytes:
    """A WARC response record, gzipped."""
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + text.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012x}>\r\n"
        f"WARC-Date: {day.isoformat()}T12:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + body + b"\r\n\r\n", 6, mtime=0)


def write(folder: Path, count: int, files: int, seed: int = 1) -> list[Path]:
    """Write the corpus as `files` WARC files of about equal size; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"corpus-{i:05d}.warc.gz" for i in range(files)]
    streams = [path.open("wb") for path in paths]
    try:
        for number, (url, text, day) in enumerate(pages(count, seed)):
            streams[number * files // count].write(record(number, url, text, day))
    finally:
        for stream in streams:
            stream.close()
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--files", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    paths = write(options.folder, options.pages, options.files, options.seed)
    print(f"{options.pages} pages in {len(paths)} files, {sum(p.stat().st_size for p in paths) / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
