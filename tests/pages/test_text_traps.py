"""Stripped pages full of traps, each line marked with the role it should play. Every page was written for the tests."""
# ruff: noqa: E501 (a line of a page is a line)

from __future__ import annotations

import pytest

from dragoman.pages.text import label_lines

MARKS = {"T": "title", "B": "body", "S": "subhead", "C": "caption", "-": "furniture"}

AUTHOR_BOX = """\
- The Lagoon Times
- Politics
- World
- Economy
T Ghana, Ivory Coast agree sea border after tribunal ruling - The Lagoon Times
- Newsletter: get our best stories in your inbox every morning. Unsubscribe whenever you like.
T Ghana, Ivory Coast agree sea border after tribunal ruling
- Kwame Mensah
- 24 September 2017 at 18:05 BST
C President Nana Akufo-Addo, right, meets his Ivorian counterpart Alassane Ouattara in Abidjan (Reuters)
B Ghana and Ivory Coast said on Sunday they would accept a maritime ruling.
B Neither would appeal.
B The tribunal in Hamburg ruled on Saturday that Ghana had not violated its neighbour's rights by drilling for oil.
B "This is a victory for dialogue," Mr Ouattara said.
B Two earlier rounds had failed.
S What the judges said
B The chamber rejected the claim for damages and drew a line along the equidistance principle.
B Togo has asked for a copy of the ruling.
- Kwame Mensah is our diplomatic correspondent. He has covered West Africa for two decades and lives in Accra.
- Nigeria and Cameroon reopen Bakassi talks
- Burkina Faso expels French envoy
- Liberia and Sierra Leone sign border pact
- This website uses cookies to make sure that you get the best experience. By using the site you accept our policy.
- Copyright 2017 Lagoon Media Ltd, registered in Ghana under number 44121. No part of this page may be copied.
"""

STANDFIRST = """\
- Le Quotidien des Lacs
- S'abonner
- Menu

T Kigali et Kampala rouvrent leur frontière

B Le président Paul Kagame et Yoweri Museveni ont mis fin à trois ans de brouille.

- Par Aline Uwase, à Kigali
- Le 31 janvier 2022 à 09h40

C Photo : Des camions attendent au poste de Gatuna, en janvier 2022. (AFP)

B Le Rwanda a rouvert lundi sa frontière avec l'Ouganda, fermée depuis février 2019.

S Une visite décisive

B La décision fait suite à la visite à Kigali du général Muhoozi Kainerugaba, fils du président ougandais. Il a été reçu par Paul Kagame.

- Lire aussi : Le Burundi rouvre à son tour

B Kampala a libéré plusieurs ressortissants rwandais et renvoyé un officier accusé d'espionnage.

B Les deux pays s'accusaient mutuellement de soutenir des rebelles.

- Aline Uwase

- Journaliste à Kigali, elle suit la région des Grands Lacs depuis 2010 et collabore à plusieurs médias européens.

- Recevez chaque matin notre lettre d'information et ne manquez rien de l'actualité de la région.

- Sur le même sujet

- La RDC expulse l'ambassadeur du Rwanda

- Museveni accuse l'ONU d'ingérence

- Le Kenya et la Tanzanie signent un accord commercial

- Il est interdit de publier des propos injurieux, diffamatoires ou incitant à la haine contre un peuple ou un gouvernement.
"""

ARABIC_TAIL = """\
- بوابة النيل الإخبارية
- سياسة
- اقتصاد
- رياضة
- الرئيسية / عرب وعالم
T السودان وإثيوبيا يتفقان على ترسيم الحدود
- كتب: محمد عبد الرحيم
- الثلاثاء، 22 ديسمبر 2020 04:15 م
C رئيس الوزراء السوداني عبد الله حمدوك خلال استقباله الوفد الإثيوبي - أرشيفية
B اتفق السودان وإثيوبيا اليوم على استئناف أعمال لجنة ترسيم الحدود.
B وقال حمدوك إن البلدين حريصان على حل الخلاف بالحوار.
B وكانت الخرطوم قد اتهمت قوات إثيوبية بنصب كمين لجنودها الأسبوع الماضي، ونفت أديس أبابا ذلك.
B ودعت مصر الطرفين إلى ضبط النفس
B وأكد وزير الخارجية المصري سامح شكري وقوف القاهرة إلى جانب السودان.
- لمزيد من الأخبار تابعونا على صفحتنا في فيسبوك
- الكلمات المفتاحية
- السودان
- إثيوبيا
- مصر تستدعي القائم بالأعمال الإثيوبي
- الإمارات تتوسط بين الخرطوم وأديس أبابا
- بوابة النيل موقع إخباري مستقل تأسس عام 2011 ويهتم بشؤون دول حوض النيل وشعوبها.
- التعليقات المنشورة لا تعبر عن رأي الموقع وإنما عن آراء أصحابها، ونرجو الالتزام بآداب الحوار وعدم الإساءة إلى الدول والرموز.
"""

WIRE_AND_COMMENTS = """\
T Peru recalls ambassador from Caracas over raid
- Home
- World
- Americas
- Sport
- Sign in
- Register
- Ecuador demands apology from Colombia
- Brazil's Lula to visit Beijing in April
- Bolivia accuses Chile of spying on its consulate
- Advertisement
T Peru recalls ambassador from Caracas over raid
B Lima, March 3 (Andes Press) - Peru recalled its ambassador to Venezuela on Tuesday after police raided the home of a consular officer in Caracas, the foreign ministry said.
B Foreign Minister Nestor Popolizio called the raid an outrage. Caracas denied it.
B Venezuela had expelled two Peruvian attaches last month.
B "We will not be provoked," Popolizio told reporters.
B He added that talks on migrants would go on.
- (Reporting by Rosa Quispe; Editing by Juan Torres)
- Our Standards: The Andes Press Trust Principles.
- Share
- 12 comments
- jorge77 2 days ago
- Peru should have expelled the whole embassy years ago, they have been spying on everybody since 2017.
- Reply
- maria_l 1 day ago
- Venezuela attacked first. The government must cut relations now and close the border.
- Reply
- Load more comments
- Sponsored
- This man from Arequipa made a fortune with one simple trick
- Doctors in Lima are baffled by this new discovery
"""

ARABIC_BODY_WITHOUT_STOPS = """\
B استقبل ملك الأردن عبد الله الثاني في قصر الحسينية الرئيس القبرصي نيكوس أناستاسيادس وبحثا التعاون في مجال الطاقة
B وأكد الملك ضرورة التوصل إلى حل عادل للقضية الفلسطينية
B من جهته، أشاد الرئيس القبرصي بجهود الأردن في استقبال اللاجئين
B واتفق الجانبان على عقد قمة ثلاثية مع اليونان في أثينا الشهر المقبل
"""

ONE_LONG_PARAGRAPH = """\
- Menu Fermer
- L'Observateur du Golfe
T Bahreïn et Qatar renouent après cinq ans de froid
B Les deux royaumes rétablissent leurs relations diplomatiques, gelées depuis 2017
- Mercredi 12 avril 2023, par Karim Daoudi
B Manama et Doha ont annoncé mercredi le rétablissement de leurs relations, à l'issue d'une réunion à Riyad au siège du Conseil de coopération du Golfe. Le ministre des Affaires étrangères bahreïni, Abdellatif al-Zayani, et son homologue qatari ont signé le communiqué. Les ambassades rouvriront « dès que possible », selon le texte. L'Arabie saoudite et Oman ont salué la décision. Washington a félicité les deux parties. En 2017, Bahreïn, les Émirats, l'Égypte et Riyad avaient rompu avec Doha, qu'ils accusaient de soutenir le terrorisme, ce que le Qatar a toujours nié. L'accord d'Al-Ula avait mis fin au blocus en janvier 2021, mais Manama traînait les pieds.
- Dans la même rubrique
- L'Iran rouvre son ambassade à Riyad
- Le Koweït dissout son Parlement
- Oman libère un otage français
- Qui sommes-nous | Nous écrire | Mentions légales
- L'Observateur du Golfe est un site d'information indépendant fondé en 2009 par des journalistes de la région. Il ne reçoit aucune subvention.
- En poursuivant votre navigation, vous acceptez le dépôt de cookies destinés à mesurer l'audience du site.
"""

BROKEN_LINES_AND_LIST = """\
- El Diario del Plata - Noticias de Argentina y el mundo
T Argentina y Chile firman un tratado de extradición - El Diario del Plata
- Secciones: Política - Economía - Mundo
- Mundo
T Argentina y Chile firman un tratado de extradición
- 10/08/2018 - 17:40 hs
C Foto: Los cancilleres Jorge Faurie y Roberto Ampuero en Buenos Aires (EFE)
B Los gobiernos de Argentina y Chile firmaron hoy un tratado de extradición
B que permitirá entregar a los condenados por delitos comunes en
B sesenta días.
B El canciller Faurie destacó
B "la confianza entre dos países hermanos"
B y anunció una visita de Sebastián Piñera en octubre.
B Uruguay no participó.
S Los puntos del acuerdo
B • Entrega de condenados en sesenta días
B • Intercambio de pruebas entre fiscalías
B • Comisión mixta anual
B El Congreso chileno deberá ratificarlo.
- Te puede interesar: Bolivia demanda a Chile en La Haya
- Temas relacionados: extradición, Chile
- Brasil cierra la frontera con Venezuela
- Paraguay traslada su embajada
- Suscríbase a nuestro boletín y reciba cada mañana las noticias más importantes del día.
- © 2018 El Diario del Plata S.A. Registro de propiedad intelectual 5341890
"""

TWO_LINES = """\
T China, Vietnam set up hotline after South China Sea collision
- 7/21/2014

B HANOI (Mekong Wire) -- China and Vietnam agreed Monday to set up a hotline between their coast guards, a week after two patrol ships collided near the Paracel islands.
"""

LIST_IN_THE_MIDDLE = """\
- Ticker: Oil at $71 | Gold at $1,300
- Caspian Observer
T Kazakhstan hosts third round of Syria talks
B Envoys from Russia, Turkey and Iran met in Astana on Tuesday for a third round of talks on Syria, without the rebels.
B Rebel delegates stayed away to protest at ceasefire violations, their spokesman Osama Abu Zaid said.
B Kazakhstan's foreign minister, Kairat Abdrakhmanov, said the talks would run one day longer.
- Recommended
- Turkmenistan cuts gas to Iran
- Russia and Turkey lift trade bans
B The Syrian government delegation, led by Bashar Jaafari, accused Ankara of blocking progress.
B Iran's envoy met the Russians twice before lunch. The three guarantors agreed on a joint statement in the evening.
- About Caspian Observer
- Caspian Observer is an independent newspaper that reports on Central Asia, Russia and Iran. It was founded in Almaty in 2003.
"""

ARABIC_COMMENT_AND_BOX = """\
- وكالة الساحل للأنباء
- الأخبار
- الرأي
- الرياضة
T موريتانيا والسنغال تتفقان على تقاسم غاز حقل السلحفاة
- 9 فبراير 2018 | 14:20
B نواكشوط (الساحل) - وقعت موريتانيا والسنغال اليوم الجمعة اتفاقا لتقاسم إنتاج حقل الغاز المشترك
B وقال الرئيس السنغالي ماكي سال إن الاتفاق نموذج للتعاون بين الجيران
B ووصف وزير الطاقة الموريتاني الاتفاق بأنه تاريخي. وأضاف أن الإنتاج سيبدأ عام 2021
B وكان البلدان قد تفاوضا عامين.
S اتفاق وشيك مع مالي
B وأعلنت الخارجية الموريتانية أن وفدا من مالي سيزور نواكشوط الأسبوع المقبل
- مواضيع ذات صلة
- الجزائر تستدعي سفير فرنسا
- المغرب يعلن عودته إلى الاتحاد الأفريقي
- قال أحمد: السنغال تسرق ثرواتنا ويجب طرد سفيرها فورا.
- وكالة الساحل للأنباء وكالة مستقلة تأسست في نواكشوط عام 2006 وتلتزم بالحياد في نقل الأخبار.
"""

NEWSLETTER_BOX = """\
- Aller au menu
- Radio Tamarin
- Direct
- Podcasts
T L'île Maurice porte plainte contre Londres devant la Cour de La Haye
B Port-Louis réclame l'archipel des Chagos depuis 1968
- Radio Tamarin avec AFP, le 22/06/2017 à 21:05, mis à jour le 23/06/2017
- Lecture : 3 min
B L'Assemblée générale de l'ONU a voté jeudi une résolution demandant à la Cour internationale de justice de se prononcer sur les Chagos.
B Le texte, présenté par Maurice, a été adopté par 94 voix contre 15. Le Royaume-Uni et les États-Unis ont voté contre
B « C'est une question bilatérale », a réagi l'ambassadeur britannique Matthew Rycroft.
S Que dit Londres ?
B Londres promet de rendre l'archipel quand il ne servira plus à sa défense.
- Votre e-mail
- J'accepte de recevoir les offres de Radio Tamarin et de ses partenaires. Je peux me désabonner à tout moment.
- Les Comores expulsent un consul français
- Madagascar ferme son ambassade à Pretoria
- L'Inde et les Seychelles signent un accord militaire
- Radio Tamarin, la radio de l'océan Indien. Fréquences, grille, équipe, emplois
"""

PAGES = {
    "list_in_the_middle": LIST_IN_THE_MIDDLE,
    "arabic_comment_and_box": ARABIC_COMMENT_AND_BOX,
    "newsletter_box": NEWSLETTER_BOX,
    "author_box": AUTHOR_BOX,
    "standfirst": STANDFIRST,
    "arabic_tail": ARABIC_TAIL,
    "wire_and_comments": WIRE_AND_COMMENTS,
    "arabic_body_without_stops": ARABIC_BODY_WITHOUT_STOPS,
    "one_long_paragraph": ONE_LONG_PARAGRAPH,
    "broken_lines_and_list": BROKEN_LINES_AND_LIST,
    "two_lines": TWO_LINES,
}


def split_marks(marked: str) -> tuple[str, list[str]]:
    """The page, and the mark of each of its lines ('' for an empty one)."""
    lines = marked.removesuffix("\n").split("\n")
    return "\n".join(line[2:] for line in lines), [line[:1] for line in lines]


@pytest.mark.parametrize("marked", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("blank_lines", [False, True], ids=["as_is", "blank_lines_dropped"])
def test_every_line_plays_its_role(marked: str, blank_lines: bool) -> None:
    page, marks = split_marks(marked)
    if blank_lines:
        kept = [(line, mark) for line, mark in zip(page.split("\n"), marks, strict=True) if mark]
        page, marks = "\n".join(line for line, _ in kept), [mark for _, mark in kept]
    found = {page.count("\n", 0, x.start): x.role for x in reversed(label_lines(page))}
    for number, (line, mark) in enumerate(zip(page.split("\n"), marks, strict=True)):
        if not mark:
            assert number not in found
        elif mark == "-":
            assert found[number] not in ("title", "body", "subhead", "caption"), line
        else:
            assert found[number] == MARKS[mark], line


@pytest.mark.parametrize(
    "menu", ["Front page . Ghana . Togo . Tides", "West Africa / Cocoa / Football", "News + Sport + Sea"]
)
def test_a_menu_above_the_headline_is_not_the_headline(menu: str) -> None:
    headline = "Ghana hands Togo its fishermen back"
    story = "Ghana released eleven fishermen from Togo on Monday after a call between the presidents of both countries."
    page = f"Keta Lagoon Post\n{menu}\n{headline}\nAccra, 3 May 2012\n{story}\n{story}\nRead also: Ghana to vote\n"
    assert [page[x.start : x.end] for x in label_lines(page) if x.role == "title"] == [headline]
