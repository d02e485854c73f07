"""Who made a pledge, in what words, whom they followed, and how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from commitments.enums import Cadence, StandardKind


@dataclass(frozen=True)
class SignedUp:
    """A standard that somebody had signed up to, `ago` days ago. None of them exists."""

    kind: StandardKind
    ago: int
    name: str = ""
    link: str = ""


@dataclass(frozen=True)
class Words:
    """The text of a pledge where it differs from the wording."""

    statement: str = ""
    left_out: tuple[str, ...] = ()
    adapted: Mapping[str, str] = field(default_factory=dict)
    own: tuple[str, ...] = ()
    standards: tuple[SignedUp, ...] = ()


@dataclass(frozen=True)
class Made:
    """A pledge. Days ago: `made`, `confirmed`, `address_shown`, `closed`.

    `again`: a newer version, and when it was signed. `asked_by` led to it, and both let that be
    said. `takes_on` is whose pledge it carries on; `handed_to` is who carries on this one.
    `looks_back`: the share of check-ins made; the open one stays open unless `is_up_to_date`.
    """

    leader: str
    role: str
    made: int
    words: Words = Words()
    again: tuple[int, Words] | None = None
    organisation_name: str = ""
    asked_by: str = ""
    takes_on: str = ""
    every: Cadence = Cadence.MONTHLY
    confirmed: int | None = None
    address_shown: int | None = None
    closed: int | None = None
    handed_to: str = ""
    looks_back: float = 0.8
    is_up_to_date: bool = True
    puts_right: bool = False


CHIEF = "chief-executive"
FIRST_STATEMENT = (
    "I am asked to speak about forty times a year. For most of those years I never looked at who "
    "else was on the platform. Now I look first."
)
BALANCED = (
    "I will not speak on a panel unless women are half or more of the line-up and at least one "
    "person in five comes from a minoritised community. If the organiser cannot say, I ask, and I "
    "wait for the answer before I accept."
)
KEEP_ASKING = (
    "I will ask who is being heard at every event we run, at the first planning meeting and again "
    "a month before the day, and I will write down what I was told."
)
OUR_PLAN = SignedUp(
    StandardKind.ACTION_PLAN, 540, "Saltmarsh Minds action plan",
    "https://saltmarsh-minds.example/action-plan",
)  # fmt: skip
NORTHGATE = SignedUp(StandardKind.OTHER, 230, "Northgate promise on fair platforms (invented)")

PLEDGES = (
    Made(
        CHIEF,
        "Chief executive",
        515,
        Words(
            FIRST_STATEMENT,
            adapted={"balanced_panels": BALANCED},
            own=(
                "Each year I will give up at least three of my own invitations to colleagues who "
                "are seldom asked.",
                "I will answer every organiser who writes back to me within two days.",
            ),
            standards=(OUR_PLAN,),
        ),
        again=(
            205,
            Words(
                FIRST_STATEMENT + "\n\nA year on I know what I cannot keep. Two days for an answer "
                "was a wish, so I have taken it out. What did work, I now promise more of.",
                adapted={"balanced_panels": BALANCED, "keep_asking": KEEP_ASKING},
                own=(
                    "Each year I will give up at least six of my own invitations to colleagues "
                    "who are seldom asked.",
                    "Whoever speaks in my place is paid for the day, and has my notes and my time.",
                ),
                standards=(OUR_PLAN, NORTHGATE),
            ),
        ),
        confirmed=509,
        looks_back=0.85,
        is_up_to_date=False,
        puts_right=True,
    ),
    Made(
        "executive-sponsor",
        "Director of services",
        433,
        Words(
            "Most of what I chair is inside our own walls, so that is where I begin.",
            standards=(OUR_PLAN,),
        ),
        asked_by=CHIEF,
        confirmed=430,
        looks_back=0.6,
    ),
    Made(
        "associate-director",
        "Associate director, workforce",
        390,
        Words(own=("I will publish who is on every interview panel I run, in numbers.",)),
        asked_by=CHIEF,
        confirmed=388,
        every=Cadence.QUARTERLY,
        looks_back=1.0,
        puts_right=True,
    ),
    Made(
        "kettlewell-chief-executive",
        "Chief executive",
        410,
        Words(
            "I have left one promise out. I cannot yet say who is heard on every stage of the "
            "conferences I go to, and I would rather leave it out than pretend.",
            left_out=("every_stage",),
        ),
        asked_by=CHIEF,
        confirmed=402,
        looks_back=0.75,
    ),
    Made(
        "kettlewell-nia-griffith-rowe",
        "Head of projects",
        300,
        asked_by="kettlewell-chief-executive",
        looks_back=0.5,
    ),
    Made(
        "bridge-director",
        "Director",
        225,
        Words("There are five of us. We can still ask."),
        asked_by=CHIEF,
        every=Cadence.QUARTERLY,
        looks_back=1.0,
        is_up_to_date=False,
    ),
    Made(
        "speaker",
        "Trainer and speaker",
        350,
        Words(
            own=(
                "I will say my fee out loud, so that nobody after me is asked to speak for "
                "nothing.",
            ),
        ),
        asked_by=CHIEF,
        looks_back=0.7,
    ),
    Made(
        "trustee",
        "Trustee",
        270,
        asked_by=CHIEF,
        confirmed=255,
        every=Cadence.QUARTERLY,
        looks_back=0.6,
    ),
    Made("chair", "Committee chair", 120, looks_back=1.0),
    Made(
        "gareth-bowen",
        "Regional manager",
        460,
        confirmed=452,
        closed=140,
        handed_to="bronwen-parry",
        looks_back=0.9,
    ),
    Made(
        "bronwen-parry",
        "Regional manager",
        133,
        Words("Gareth promised this before me. I have read it again, and I promise it too."),
        takes_on="gareth-bowen",
        confirmed=131,
        looks_back=0.8,
    ),
    Made(
        "neighbour-ismail",
        "Head of learning",
        260,
        organisation_name="Fairwater Debt Alliance",
        closed=40,
        looks_back=0.3,
    ),
    Made(
        "neighbour-morwenna",
        "Chief executive",
        505,
        Words(left_out=("whole_organisation", "encourage_others")),
        organisation_name="Slatebrook Housing Group",
        looks_back=0.0,
    ),
    Made(
        "neighbour-li",
        "Programme director",
        75,
        organisation_name="Upland Health Network",
        asked_by=CHIEF,
        address_shown=71,
        looks_back=1.0,
    ),
)


@dataclass(frozen=True)
class Neighbour:
    """A leader whose organisation has no page here."""

    name: str
    address: str


NEIGHBOURS = {
    "neighbour-ismail": Neighbour("Ismail Karim-Holt", "ismail@fairwater-debt.example"),
    "neighbour-morwenna": Neighbour(
        "Morwenna Trevithick-Shaw", "morwenna@slatebrook-housing.example"
    ),
    "neighbour-li": Neighbour("Li Xiaowen", "li@upland-health.example"),
}
