"""The council of the demonstration: a chair, two members and a drafter beside the dossier's people. All are made up.

Whoever visits can play each of them, one after the other, and take a consultation from the draft to its permits.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from sekisho.adapters.database.models import Department, Person
from sekisho.kernel.council import Role, check_assignment

COUNCIL: Final = "council"
_MEMBER: Final = (Role.COUNCIL_MEMBER,)
# The meeting of November 2019 took up 56 to 61; what a visitor drafts goes on from there.
NEXT_CONSULTATION: Final = 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Somebody of the demonstration whom the dossier does not name."""

    person: str
    ja: str
    en: str
    department: str
    roles: tuple[Role, ...]


CAST: Final = (
    Part(person="shianbashi", ja="思案橋 誠", en="Shianbashi Makoto", department=COUNCIL, roles=(Role.CHAIR,)),
    Part(
        person="meganebashi", ja="眼鏡橋 光", en="Meganebashi Hikari", department=COUNCIL, roles=(Role.COUNCIL_MEMBER,)
    ),
    Part(person="hamanomachi", ja="浜町 歩", en="Hamanomachi Ayumu", department=COUNCIL, roles=_MEMBER),
    Part(person="doza", ja="銅座 陽", en="Doza Haru", department="asset_tax", roles=(Role.DRAFTER,)),
)
# What each role does in the story, for the card that a visitor reads before signing in.
_DOES: Final = {
    "chair": ("会長：会議を開き、採決にかけ、答申書に署名する", "Chair: opens the meeting, puts to the vote, signs"),
    "council_member": (
        "委員：質問し、意見を書き、項目を判断し、投票する",
        "Member: asks, writes, judges, votes",
    ),
    "secretariat": (
        "事務局：受理し、資料を送り、答申書に署名する",
        "Secretariat: accepts, circulates, signs",
    ),
    "drafter": ("起案者：諮問を書き、質問に答える", "Drafter: writes the consultation, answers questions"),
    "head": ("課長：起案を確かめて提出する", "Head: checks the draft and submits it"),
    "operator": ("操作者：承認されたファイルを通す", "Operator: sends approved files through"),
    "auditor": ("監査：すべてを読み、証跡を検証する", "Auditor: reads everything, verifies the evidence"),
    "information_systems": ("情報システム課：関所を動かし、止める", "Information systems: runs the gate, stops it"),
    "protection_manager": (
        "個人情報保護管理者：意見を受けて決裁する、止める、再開に同意する",
        "Protection manager: decides after the opinion, stops, lets start",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a visitor needs to play somebody: who it is, what they do, how to sign in."""

    person: str
    ja: str
    en: str
    does_ja: tuple[str, ...]
    does_en: tuple[str, ...]
    password: str


def enter_cast(tenant: str) -> tuple[str, ...]:
    """Enter the council and the drafter, without a password; answers who they are."""
    agency = Department.objects.filter(tenant_id=tenant).order_by("id").values_list("agency", flat=True)[0]
    labels = {"agency": agency, "label_ja": "個人情報保護審議会", "label_en": "Privacy Council"}
    Department.objects.get_or_create(tenant_id=tenant, department=COUNCIL, defaults=labels)
    for each in CAST:
        check_assignment(each.person, each.roles)
        known = {"tenant_id": tenant, "department": each.department, "label_ja": each.ja, "label_en": each.en}
        roles = [str(role) for role in each.roles]
        Person.objects.get_or_create(username=each.person, defaults={**known, "roles": roles, "password": "!"})
    return tuple(each.person for each in CAST)


def cards_of(people: Iterable[Person], password: str) -> tuple[Card, ...]:
    """One card a person."""
    return tuple(
        Card(
            person=each.username,
            ja=each.label_ja,
            en=each.label_en,
            does_ja=tuple(_DOES[role][0] for role in each.roles if role in _DOES),
            does_en=tuple(_DOES[role][1] for role in each.roles if role in _DOES),
            password=password,
        )
        for each in people
    )


def write_cards(cards: Iterable[Card], place: Path) -> None:
    """Lay the cards where the sign-in page of the demonstration finds them."""
    place.write_text(json.dumps([asdict(each) for each in cards], ensure_ascii=False, indent=1), encoding="utf-8")
