"""Who is in the story. Names say nothing about anybody, and nothing about anybody is stored."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress

from demo.days import Days
from history.actions import record
from organisations.actions import create_organisation, invite_member
from organisations.enums import Nation, OrganisationVerb, Role
from organisations.models import Membership, Organisation, User


@dataclass(frozen=True)
class Home:
    """An invented organisation; `coordinator` set it up, `began` days ago."""

    name: str
    domain: str
    nation: Nation
    began: int
    coordinator: str


@dataclass(frozen=True)
class Someone:
    """`key` names them in the story and begins their address; `picked` is offered for sign-in."""

    key: str
    name: str
    home: str
    roles: tuple[Role, ...] = (Role.STAFF,)
    picked: bool = False
    joined: int = 530

    @property
    def address(self) -> str:
        domain = HOMES[self.home].domain if self.home else "no-organisation.example"
        return f"{self.key.removeprefix(f'{self.home}-')}@{domain}"


HOMES = {
    "saltmarsh": Home(
        "Saltmarsh Minds", "saltmarsh-minds.example", Nation.ENGLAND, 548, "coordinator"
    ),
    "kettlewell": Home(
        "Kettlewell Road Project",
        "kettlewell-road.example",
        Nation.WALES,
        470,
        "kettlewell-chief-executive",
    ),
    "bridge": Home(
        "Third Bridge Listening", "third-bridge.example", Nation.SCOTLAND, 240, "bridge-director"
    ),
    "lantern": Home(
        "Lantern Row Network", "lantern-row.example", Nation.ENGLAND, 120, "lantern-membership-lead"
    ),
}

SOMEBODY_TO_SIGN_IN_AS = (
    Someone("coordinator", "Siân Llewellyn", "saltmarsh", (Role.STAFF, Role.COORDINATOR), True),
    Someone("chief-executive", "Folaṣadé Adéyẹmí", "saltmarsh", picked=True),
    Someone("executive-assistant", "Rosalind Amankwah", "saltmarsh", picked=True, joined=200),
    Someone("organiser", "Jerome Baptiste", "saltmarsh", (Role.STAFF, Role.ORGANISER), True),
    Someone("associate-director", "Meera Raghunathan", "saltmarsh", picked=True),
    Someone("executive-sponsor", "Callum MacAskill", "saltmarsh", picked=True),
    Someone(
        "committee-member", "Chidinma Okonkwo", "saltmarsh", (Role.STAFF, Role.COMMITTEE), True
    ),
    Someone("chair", "Winsome Campbell", "saltmarsh", (Role.COMMITTEE, Role.CHAIR), True),
    Someone("adviser", "Mei-Ling Cheung", "saltmarsh", (Role.ADVISER,), True),
    Someone("trustee", "Tomasz Wiśniewski", "saltmarsh", (Role.TRUSTEE,), True),
    Someone("staff", "Rhys Pritchard", "saltmarsh", picked=True),
    Someone(
        "kettlewell-chief-executive",
        "Ifeanyi Umeh",
        "kettlewell",
        (Role.STAFF, Role.COORDINATOR),
        True,
        460,
    ),
    Someone(
        "kettlewell-organiser",
        "Agnieszka Nowak",
        "kettlewell",
        (Role.STAFF, Role.ORGANISER),
        True,
        450,
    ),
    Someone(
        "bridge-director",
        "Ailsa Drummond",
        "bridge",
        (Role.STAFF, Role.ORGANISER, Role.COORDINATOR),
        True,
        235,
    ),
    Someone(
        "lantern-membership-lead",
        "Tegan Ashworth-Bello",
        "lantern",
        (Role.STAFF, Role.COORDINATOR),
        True,
        118,
    ),
    Someone("speaker", "Hyacinth Delaney", "", (), True),
)

COLLEAGUES = {
    "saltmarsh": (
        "Gareth Bowen, Zainab Qureshi, Olúwatóbi Fasanya, Kamala Sivanathan, Ewan Galbraith, "
        "Shu-Fen Lau, Delroy Whyte, Bronwen Parry, Nnamdi Obiora, Harjit Dosanjh, "
        "Katarzyna Zielińska, Isla Farquhar, Temitọ́pẹ́ Bánkọ́lé, Farhana Chowdhury, "
        "Owain Meredith, Patience Asante, Rukhsana Mirza, Lloyd Sinclair, Hoà Trần, "
        "Catriona Munro, Uzoamaka Nwachukwu, Piotr Kaczmarek, Anjali Deshpande, "
        "Yewande Sowande, Marlon Gayle, Fiona Rennie, Ka-Wai Yip, Dilys Beynon"
    ),
    "kettlewell": (
        "Nia Griffith-Rowe, Suresh Pillai, Obinna Eze, Marta Kowalczyk, Hamish Ogilvie, "
        "Comfort Boateng, Angharad Tudor, Wing-Yan Szeto, Leroy Grant-Hines, Sabiha Rahman"
    ),
    "bridge": "Ruaridh Lockhart, Adaeze Nnadi, Parveen Akhtar, Stuart Abernethy",
}

TRUSTEES = {"dilys-beynon", "lloyd-sinclair", "kettlewell-hamish-ogilvie"}
COMMITTEE = {"harjit-dosanjh", "catriona-munro", "nnamdi-obiora"}


@dataclass(frozen=True)
class Cast:
    """The organisations and people of the story, by their keys."""

    homes: dict[str, Organisation]
    people: dict[str, User]

    def __getitem__(self, key: str) -> User:
        return self.people[key]


def everybody() -> list[Someone]:
    colleagues = [
        colleague(name, home, number)
        for home, names in COLLEAGUES.items()
        for number, name in enumerate(names.split(", "))
    ]
    return [*SOMEBODY_TO_SIGN_IN_AS, *colleagues]


def colleague(name: str, home: str, number: int) -> Someone:
    from django.utils.text import slugify

    key = slugify(name) if home == "saltmarsh" else f"{home}-{slugify(name)}"
    roles: tuple[Role, ...] = (Role.STAFF,)
    if key in TRUSTEES:
        roles = (Role.TRUSTEE,)
    elif key in COMMITTEE:
        roles = (Role.STAFF, Role.COMMITTEE)
    return Someone(key, name, home, roles, joined=HOMES[home].began - 20 - 7 * number)


def introduce_everybody(days: Days) -> Cast:
    """Each organisation with whoever set it up; the others join as days go by."""
    people = {someone.key: make_person(someone, days) for someone in everybody()}
    homes = {key: found(home, people[home.coordinator], days) for key, home in HOMES.items()}
    return Cast(homes, people)


def joiners() -> list[Someone]:
    founders = {home.coordinator for home in HOMES.values()}
    return [each for each in everybody() if each.home and each.key not in founders]


def make_person(someone: Someone, days: Days) -> User:
    from tests.factories.organisations import UserFactory

    user: User = UserFactory.create(
        email=someone.address,
        display_name=someone.name,
        is_demo=someone.picked,
        date_joined=days.at(someone.joined, 9),
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def found(home: Home, by: User, days: Days) -> Organisation:
    organisation = create_organisation(
        name=home.name, nation=home.nation, by=by, now=days.at(home.began)
    )
    organisation.is_worked_example = True
    organisation.save(update_fields=["is_worked_example"])
    roles = next(each.roles for each in everybody() if each.key == home.coordinator)
    organisation.memberships.filter(user=by).update(roles=list(roles))
    return organisation


def join(someone: Someone, cast: Cast, at: datetime) -> None:
    from tests.factories.organisations import MembershipFactory

    organisation, user = cast.homes[someone.home], cast[someone.key]
    membership: Membership = MembershipFactory.create(
        organisation=organisation, user=user, roles=list(someone.roles), started_at=at
    )
    record(
        OrganisationVerb.JOINED,
        subject=organisation,
        organisation=organisation,
        by=user,
        now=at,
        membership=membership.pk,
    )


def invite_somebody(cast: Cast, at: datetime) -> None:
    """One invitation that nobody has taken up yet."""
    invite_member(
        organisation=cast.homes["saltmarsh"],
        email="new-starter@saltmarsh-minds.example",
        roles=[Role.STAFF],
        by=cast["coordinator"],
        now=at,
    )
