"""Who a title alone stands for: "the foreign minister", "the master of the Kremlin", "the ousted president"."""

from __future__ import annotations

from dataclasses import replace

from dragoman.actors.mention import Actor
from dragoman.actors.persons import MANY, VAGUE, Persons
from dragoman.actors.phrases import CROWNED, Phrase
from dragoman.actors.tables import Role

CROWNS = frozenset({"King", "Queen", "Emir", "Sultan", "Emperor", "Monarch", "Prince", "Grand Duke"})
RULING = frozenset({"SAU", "OMN", "QAT", "ARE", "BHR", "KWT", "JOR", "MAR", "BRN", "SWZ", "MCO", "LIE", "VAT"})
PREMIERS = frozenset(  # republics that their head of government leads
    """
    ALB AUT BGR CZE DEU EST ETH FJI GRC HRV HUN IND IRL ISL ISR ITA LVA MKD MLT MNE NPL PRT SGP SVK SVN TTO VUT XKX
    """.split()
)
SHARED = frozenset({"BIH", "IRN", "IRQ", "LBN", "LBY", "PAK", "SOM", "YEM"})  # whose leader a title does not tell
LEADERS = ("supreme_leader", "paramount_leader", "junta_leader", "de_facto_leader")  # go before a head of state
HEADS = {"igo_head": "_secretary_general"}  # offices that a general title stands for: "the secretary-general"
CHIEFS = (
    "_secretary_general", "_director_general", "_managing_director", "_executive_director", "_commissioner_general",
    "_administrator", "_commission_president", "_commission_chair",
)  # fmt: skip
LEADING = frozenset({"leader", "tenant", "business_leader"})  # keys of titles that the owner makes an office
SEATS = {  # what the note of a seat says of whose seat it is
    "foreign_ministry": "foreign_minister", "interior_ministry": "interior_minister",
    "finance_ministry": "finance_minister", "head_of_government": "head_of_government", "MIL": "defence_minister",
    "LEG": "parliament_speaker", "GOV": "head_of_state",
}  # fmt: skip
FORMER = "former_official"


class Titles(Persons):
    """Resolves titles that stand without a name."""

    def _titled(self, role: Role, owner: Actor | None, phrase: Phrase, definite: bool) -> Actor | None:
        """The person that a title in the singular stands for; `definite` tells that it means a certain one."""
        if phrase.outgoing and (person := self._outgoing(role, owner)) is not None:
            return person
        if phrase.former or role.key == FORMER:
            return self._former_holder(role, owner) if definite or owner is not None else None
        if role.kind != "office" or (role.key in LEADING and not definite):
            return None
        return self._holder(role, owner, phrase)

    def _holder(self, role: Role, owner: Actor | None, phrase: Phrase) -> Actor | None:
        """Who is meant by a title alone: somebody named before, else the holder on the page's date."""
        country = owner.country if owner else None
        office = self._office_meant(role, owner, phrase)
        if role.form in CROWNED and not (country and self._crown(country)):  # "the King" on a visit to Moscow
            return next((r.actor for r in reversed(self.memory.persons) if self._is_crowned(r.actor)), None)
        if country is None or not phrase.owner:
            for remembered in reversed(self.memory.persons):
                actor = remembered.actor
                same = actor.office == office or self._holds(actor, office)
                if actor.office and same and (country is None or actor.country == country):
                    return actor.because(f"“{role.form}”, named before")
        if role.office in VAGUE and (someone := self._meant_by(role, country)) is not None:
            return someone
        if not office or not country or office in MANY:
            return None
        for remembered in reversed(self.memory.persons):
            actor = remembered.actor
            if actor.office == office and actor.country == country and not actor.former:
                return actor.because(f"“{role.form}” of {country}, named before")
        if not self.date:
            return None
        owner_id = owner.id if owner and owner.kind == "organisation" and owner.id else country
        if role.owner and owner_id != role.owner and not self.registry.holders(owner_id, office, self.date):
            owner_id = role.owner  # "CIA director": an office of the state that has the agency
        holders = {h.person for h in self.registry.holders(owner_id, office, self.date)}
        if len(holders) != 1:
            return None
        identifier = holders.pop()
        actor = self._person_actor(identifier, office, f"{office} of {owner_id} on {self.date}")
        return replace(actor, office=office)

    def _crown(self, country: str) -> str | None:
        """What the head of a monarchy is called; None where the head of state is no monarch."""
        title = self.registry.office_title(country, "head_of_state")
        return title if title in CROWNS else None

    def _is_crowned(self, actor: Actor) -> bool:
        reigns = actor.office == "head_of_state" or self._holds(actor, "head_of_state")
        return reigns and actor.country is not None and self._crown(actor.country) is not None

    def _holds(self, actor: Actor, office: str | None) -> bool:
        """Whether a person holds an office beside the one the text gives: a king who is prime minister too."""
        if not self.date or not actor.id or office in MANY:
            return False
        return any(h.office == office for h in self.registry.offices_of(actor.id, self.date))

    def _meant_by(self, role: Role, country: str | None) -> Actor | None:
        """ "The minister": whoever was named before with an office that the title can stand for."""
        for remembered in reversed(self.memory.persons):
            actor = remembered.actor
            office = self.memory.offices.get(actor.id or "", actor.office or "")
            fits = office == role.office or office.endswith((f"_{role.office}", HEADS.get(role.office, " ")))
            if fits and not actor.former and (country is None or actor.country == country):
                return actor.because(f"“{role.form}”, named before")
        return None

    def _office_meant(self, role: Role, owner: Actor | None, phrase: Phrase) -> str | None:
        """The office of a title; of a general one ("the Libyan leader", "l'hôte de l'Élysée") the one its owner has."""
        general = role.key in LEADING or role.office == "igo_head"
        if not general or owner is None or phrase.owner is None:
            return role.office
        if phrase.owner.kind == "seat":
            notes = phrase.owner.note.split(";")
            return next((office for note, office in SEATS.items() if note in notes), role.office)
        if owner.kind == "organisation":
            held = self.registry.serving(owner.id or "", self.date) if owner.code.startswith("IGO") else ()
            chiefs = {h.office for h in held if h.office.endswith(CHIEFS) and "deputy" not in h.office}
            return chiefs.pop() if len(chiefs) == 1 else role.office
        if role.key == "leader" and owner.country and not _vague(phrase):
            return self._leading_office(owner.country) or role.office
        return role.office

    def _leading_office(self, country: str) -> str | None:
        """The office of whoever leads a state on the page's date; None where its form of government does not say."""
        if not self.date:
            return None
        for office in LEADERS:
            if self.registry.holders(country, office, self.date):
                return office
        if country in SHARED:
            return None
        reigning = self._crown(country) or self.registry.holders(country, "governor_general", self.date)
        governed = country in PREMIERS or (reigning and country not in RULING)
        return "head_of_government" if governed else "head_of_state"

    def _former_holder(self, role: Role, owner: Actor | None) -> Actor | None:
        """ "The former president", "the ousted leader": whoever of the country, named before, held the office once."""
        country = owner.country if owner else None
        for remembered in reversed(self.memory.persons):
            actor = remembered.actor
            if actor.id and (country is None or actor.country == country) and self._once(actor, role):
                return actor.because(f"former “{role.form}”, named before")
        return None

    def _once(self, actor: Actor, role: Role) -> bool:
        """Whether a person once held the office of a title, or any one that counts, and holds it no more."""
        if role.key == FORMER:
            return actor.former or actor.sector == "ELI"
        offices = {role.office, *LEADERS, "head_of_state"} if role.key == "leader" else {role.office}
        ever = {h.office for h in self.registry.offices_of(actor.id or "")}
        if self.memory.offices.get(actor.id or "") in offices and actor.former:
            return True
        return not offices.isdisjoint(ever) and not any(self._holds(actor, office) for office in offices)

    def _outgoing(self, role: Role, owner: Actor | None) -> Actor | None:
        """ "The outgoing president": of those named before who ever held the office, whoever held it first."""
        country = owner.country if owner else None
        named = {r.actor.id: r for r in self.memory.persons if r.actor.id and country in (None, r.actor.country)}
        begun = {
            id: min(h.start for h in held)
            for id in named
            if id and (held := [h for h in self.registry.offices_of(id) if h.office == role.office])
        }
        first = min(begun, key=lambda id: begun[id], default=None)
        if first is None:
            return None
        return named[first].actor.because(f"outgoing “{role.form}”, named before")


def _vague(phrase: Phrase) -> bool:
    """Whether a title may be anybody's ("un responsable") or of a part of a state ("the Chechen leader")."""
    notes = {note for match in (phrase.role, phrase.owner) if match is not None for note in match.note.split(";")}
    return not notes.isdisjoint({"weak", "part", "place"})
