"""Who made a pledge, what they changed in it, and how faithfully they look back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from commitments import actions, rhythm
from commitments.enums import Cadence, Choice, Kept, PledgeState
from commitments.models import Pledge, Wording
from commitments.queries import current_wording, kept_promises_of, made_on
from commitments.signing import Answer
from commitments.who import Who
from demo.days import Days
from demo.people import HOMES, Cast, everybody


@dataclass(frozen=True)
class Made:
    """A pledge. Days ago: `made`, `confirmed`, `closed`.

    `looks_back`: the share of check-ins made; the open one stays open unless `is_up_to_date`.
    """

    leader: str
    role: str
    made: int
    organisation_name: str = ""
    statement: str = ""
    left_out: tuple[str, ...] = ()
    adapted: Mapping[str, str] = field(default_factory=dict)
    own: tuple[str, ...] = ()
    every: Cadence = Cadence.MONTHLY
    confirmed: int | None = None
    closed: int | None = None
    looks_back: float = 0.8
    is_up_to_date: bool = True


PLEDGES = (
    Made(
        "chief-executive",
        "Chief executive",
        515,
        statement=(
            "I am asked to speak about forty times a year. For most of those years I never looked "
            "at who else was on the platform. Now I look first."
        ),
        adapted={
            "balanced_panels": (
                "I will not speak on a panel unless women are half or more of the line-up and at "
                "least one person in five comes from a minoritised community. If the organiser "
                "cannot say, I ask, and I wait for the answer before I accept."
            )
        },
        own=(
            "Each year I will give up at least three of my own invitations to colleagues who are "
            "seldom asked.",
        ),
        confirmed=509,
        looks_back=0.85,
        is_up_to_date=False,
    ),
    Made(
        "executive-sponsor",
        "Director of services",
        433,
        statement="Most of what I chair is inside our own walls, so that is where I begin.",
        confirmed=430,
        looks_back=0.6,
    ),
    Made(
        "associate-director",
        "Associate director, workforce",
        390,
        own=("I will publish who is on every interview panel I run, in numbers.",),
        confirmed=388,
        every=Cadence.QUARTERLY,
        looks_back=1.0,
    ),
    Made(
        "kettlewell-chief-executive",
        "Chief executive",
        410,
        left_out=("every_stage",),
        statement=(
            "I have left one promise out. I cannot yet say who is heard on every stage of the "
            "conferences I go to, and I would rather leave it out than pretend."
        ),
        confirmed=402,
        looks_back=0.75,
    ),
    Made("kettlewell-nia-griffith-rowe", "Head of projects", 300, looks_back=0.5),
    Made(
        "bridge-director",
        "Director",
        225,
        statement="There are five of us. We can still ask.",
        every=Cadence.QUARTERLY,
        looks_back=1.0,
        is_up_to_date=False,
    ),
    Made(
        "speaker",
        "Trainer and speaker",
        350,
        own=("I will say my fee out loud, so that nobody after me is asked to speak for nothing.",),
        looks_back=0.7,
    ),
    Made("trustee", "Trustee", 270, confirmed=255, every=Cadence.QUARTERLY, looks_back=0.6),
    Made("chair", "Committee chair", 120, looks_back=1.0),
    Made(
        "gareth-bowen",
        "Regional manager",
        460,
        confirmed=452,
        closed=140,
        looks_back=0.9,
    ),
    Made(
        "neighbour-ismail",
        "Head of learning",
        260,
        organisation_name="Fairwater Debt Alliance",
        looks_back=0.3,
    ),
    Made(
        "neighbour-morwenna",
        "Chief executive",
        505,
        organisation_name="Slatebrook Housing Group",
        left_out=("whole_organisation", "encourage_others"),
        looks_back=0.0,
    ),
    Made(
        "neighbour-li",
        "Programme director",
        75,
        organisation_name="Upland Health Network",
        looks_back=1.0,
    ),
)

NEIGHBOURS = {
    "neighbour-ismail": "Ismail Karim-Holt",
    "neighbour-morwenna": "Morwenna Trevithick-Shaw",
    "neighbour-li": "Li Xiaowen",
}

REFLECTIONS = {
    Kept.KEPT: (
        "Asked on every invitation this month, and said no to one.",
        "Two organisers thanked me for asking. One changed the whole second half.",
        "",
        "",
    ),
    Kept.PARTLY: (
        "I asked, but too late for anything to change.",
        "I asked about the panel and forgot who was to chair it.",
        "We paid fares for two speakers. Child care we had not thought of.",
        "",
    ),
    Kept.NOT_THIS_TIME: (
        "I agreed on the telephone before I had asked anything.",
        "Four of us on the platform, and we could have been any four of us. I should have said so.",
        "",
    ),
}
MOODS = (Kept.KEPT, Kept.KEPT, Kept.PARTLY, Kept.NOT_THIS_TIME, Kept.NOTHING)


def make_pledges(cast: Cast, days: Days) -> dict[str, Pledge]:
    """Every pledge by its leader's key, in the order in which they were made."""
    wording = current_wording()
    assert wording is not None
    add_neighbours(cast, days)
    pledges = {
        made.leader: make(made, wording, cast, days)
        for made in sorted(PLEDGES, key=lambda made: -made.made)
    }
    Pledge.objects.filter(pk__in=[each.pk for each in pledges.values()]).update(
        is_worked_example=True
    )
    return pledges


def add_neighbours(cast: Cast, days: Days) -> None:
    """Leaders whose organisation has no page here."""
    from tests.factories.organisations import UserFactory

    for key, name in NEIGHBOURS.items():
        address = f"{key.removeprefix('neighbour-')}@no-organisation.example"
        cast.people[key] = UserFactory.create(
            email=address, display_name=name, date_joined=days.at(540, 9)
        )


def make(made: Made, wording: Wording, cast: Cast, days: Days) -> Pledge:
    leader = cast[made.leader]
    home = next((each.home for each in everybody() if each.key == made.leader), "")
    who = Who(
        name=leader.display_name,
        role_title=made.role,
        organisation=cast.homes.get(home),
        organisation_name=made.organisation_name,
    )
    pledge = actions.start_pledge(
        who=who, wording=wording, by=leader, now=days.at(made.made, 19, 2)
    )
    actions.choose_promises(
        pledge=pledge,
        answers=[answer(line.key, line.text, made) for line in wording.promises.all()],
        own=made.own,
        statement=made.statement,
        by=leader,
        now=days.at(made.made, 19, 4),
    )
    if made.every != Cadence.MONTHLY:
        actions.choose_cadence(
            pledge=pledge, cadence=made.every, by=leader, now=days.at(made.made, 19, 5)
        )
    pledge = actions.publish_pledge(pledge=pledge, by=leader, now=days.at(made.made, 19, 7))
    if made.confirmed is not None:
        coordinator = cast[HOMES[home].coordinator]
        if coordinator == leader:
            coordinator = cast["kettlewell-nia-griffith-rowe"]
        actions.confirm_pledge(pledge=pledge, by=coordinator, now=days.at(made.confirmed, 19, 30))
    look_back(made, pledge, days)
    if made.closed is not None:
        Pledge.objects.filter(pk=pledge.pk).update(
            state=PledgeState.CLOSED, closed_at=days.at(made.closed)
        )
    return pledge


def answer(key: str, text: str, made: Made) -> Answer:
    if key in made.left_out:
        return Answer(key, Choice.LEFT_OUT)
    if key in made.adapted:
        return Answer(key, Choice.ADAPTED, made.adapted[key])
    return Answer(key, Choice.ADOPTED, text)


def look_back(made: Made, pledge: Pledge, days: Days) -> None:
    """Check in for some of the months since; the others stay missed."""
    chance = Random(made.leader)  # noqa: S311
    until = days.exactly(made.closed) if made.closed is not None else days.today
    passed = rhythm.passed_periods(
        made_on=made_on(pledge), today=until, cadence=Cadence(pledge.check_in_every), done=set()
    )
    for each in reversed(passed):
        day = each.period.opens_on.toordinal() + chance.randrange(1, 9)
        is_made = chance.random() < made.looks_back
        if each.is_open:
            is_made = made.is_up_to_date and made.closed is None and made.looks_back > 0
            day = min(day, days.today.toordinal())
        if is_made:
            actions.record_check_in(
                pledge=pledge,
                period=each.period.first,
                answers=answers(pledge, chance),
                by=pledge.leader,
                now=min(days.hour_of(type(until).fromordinal(day), 20), days.now),
            )


def answers(pledge: Pledge, chance: Random) -> dict[int, tuple[Kept, str]]:
    said = {}
    for promise in kept_promises_of(pledge):
        kept = chance.choice(MOODS)
        said[promise.position] = (kept, chance.choice(REFLECTIONS.get(kept, ("",))))
    return said
