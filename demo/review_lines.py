"""What the large organisation has done about each recommendation. All of it is invented."""

from dataclasses import dataclass

from recommendations.enums import Rating, Response, State

ON_TRACK, AT_RISK, OFF_TRACK = Rating.ON_TRACK, Rating.AT_RISK, Rating.OFF_TRACK
WORKFORCE, SERVICES, CHIEF = "associate-director", "executive-sponsor", "chief-executive"
POLICY, LEARNING = "zainab-qureshi", "kamala-sivanathan"
Update = tuple[int, Rating, str]


@dataclass(frozen=True)
class End:
    """How it was proposed to end, and `ago` days ago decided unless it waits; those are days on
    which the committee met. `words`: the outcome or the reason; none is activity only."""

    ago: int
    wanted: State
    words: str
    is_decided: bool = True


@dataclass(frozen=True)
class Later:
    """A later date for one action, by its number: asked for, decided (not yet: None), until."""

    action: int
    asked: int
    decided: int | None
    until: int
    reason: str


@dataclass(frozen=True)
class Course:
    """What became of one recommendation. Days ago; below 0 is still to come.

    `due`: a date for each action in turn, None for none. Accepted by its lead unless
    `awaits_acceptance`. `done`: the day each action was shown to be done, in turn. `no`: when the
    lead said no to the first action, and why.
    """

    lead: str = ""
    sponsor: str = SERVICES
    response: Response = Response.ACCEPTED
    reason: str = ""
    due: tuple[int | None, ...] = ()
    awaits_acceptance: bool = False
    updates: tuple[Update, ...] = ()
    done: tuple[int | None, ...] = ()
    end: End | None = None
    later: tuple[Later, ...] = ()
    no: tuple[int, str] | None = None


COURSES = {
    "1.1": Course(
        WORKFORCE, CHIEF, due=(380, -64), done=(391,),
        updates=(
            (392, ON_TRACK, "The plan is agreed and every task has a name beside it."),
            (210, ON_TRACK, "Third meeting on the plan. Two tasks moved to people with time."),
            (31, ON_TRACK, "Both leadership teams went through it together again."),
        ),
    ),
    "1.2": Course(
        "uzoamaka-nwachukwu", CHIEF, due=(400, 330, 200), done=(402, 321, 190),
        updates=(
            (402, ON_TRACK, "The statement is public. Staff groups wrote a third of it."),
            (320, ON_TRACK, "Grievance and disciplinary policies are revised."),
            (188, ON_TRACK, "All 31 other policies have been read and 12 were changed."),
        ),
        end=End(182, State.CLOSED_IMPLEMENTED,
                "Staff who raised a grievance on race say in the yearly survey that they were "
                "kept informed: 7 in 10, up from 4 in 10."),
    ),
    "1.3": Course(
        WORKFORCE, CHIEF, due=(300, 120, 45, 20), done=(296,),
        updates=(
            (297, ON_TRACK, "The policy now sets out positive action, with examples."),
            (134, AT_RISK, "Only 9 of 22 recruitment documents are done. Nobody has time."),
            (60, OFF_TRACK, "The dates will not be met without one more person."),
        ),
    ),
    "1.4": Course(
        WORKFORCE, CHIEF, due=(250, -75, -180), done=(255,),
        updates=(
            (256, ON_TRACK, "The forms ask for an equality objective."),
            (70, AT_RISK, "212 of 340 appraisals hold one so far. Night teams are behind."),
        ),
    ),
    "1.5": Course(
        "ewan-galbraith", CHIEF, due=(38, -150),
        updates=((160, AT_RISK, "Two drafts of who oversees assessments; no decision yet."),),
    ),
    "1.6": Course(
        "piotr-kaczmarek", SERVICES, Response.ACCEPTED_IN_PART,
        "We analyse workforce and service data in totals. We do not hold enough to judge the "
        "quality of support for each community, and will say so until we do.",
        due=(180, -40, -120), done=(175,),
        updates=(
            (176, ON_TRACK, "The workforce figures went to the board, in totals."),
            (26, ON_TRACK, "The services' data is cleaned. Analysis starts next week."),
        ),
    ),
    "1.7": Course(
        WORKFORCE, "trustee", due=(-7, -25),
        updates=(
            (200, ON_TRACK, "Equality was covered at two meetings in a row."),
            (47, ON_TRACK, "Third meeting in a row. The advertisement for a trustee is out."),
        ),
    ),
    "1.8": Course(
        "coordinator", CHIEF, due=(460, 90), done=(462, 84),
        updates=(
            (458, ON_TRACK, "The committee has its terms of reference and five members."),
            (83, ON_TRACK, "Four meetings held. We propose to close this."),
        ),
        end=End(20, State.CLOSED_IMPLEMENTED,
                "Every open recommendation was gone through at each of four meetings, and the "
                "minutes say what was asked.",
                is_decided=False),
    ),
    "1.9": Course(
        "coordinator", CHIEF, due=(400, -60), done=(405,),
        updates=((404, ON_TRACK, "Seven people from outside. We pay for their time."),
                 (40, ON_TRACK, "Four meetings so far, one of them cancelled for illness.")),
    ),
    "2.1": Course(
        "temitope-bankole", CHIEF, due=(390, 150), done=(396, 158),
        updates=(
            (396, ON_TRACK, "There is a purpose, a budget, working time and a contact address."),
            (157, ON_TRACK, "Both checks, seven months apart, found time and budget in place."),
        ),
        end=End(84, State.CLOSED_IMPLEMENTED,
                "The network has asked for three changes and two have been made."),
    ),
    "2.2": Course(
        LEARNING, CHIEF, due=(340, 140), done=(344, 150),
        updates=((343, ON_TRACK, "The chief executive wrote to all staff and read it out."),
                 (149, ON_TRACK, "Two rounds of sessions held, 214 people came.")),
        end=End(84, State.CLOSED_IMPLEMENTED, ""),
    ),
    "2.3": Course(
        WORKFORCE, CHIEF, due=(-28, -210),
        updates=((35, ON_TRACK, "Four objectives drafted; the board reads them next month."),),
    ),
    "2.4": Course(
        "isla-farquhar", CHIEF, due=(75, -90),
        updates=((170, ON_TRACK, "Three providers met."),
                 (58, OFF_TRACK, "The provider we chose withdrew. We begin again.")),
    ),
    "3.1": Course(
        "delroy-whyte", SERVICES, due=(310, 200),
        updates=((300, AT_RISK, "The same eight people would sit in this group and the forum."),),
        end=End(182, State.CLOSED_SUPERSEDED,
                "One group instead of two: the forum (4.5) now guides services as well."),
    ),
    "3.2": Course(
        "bronwen-parry", SERVICES, due=(150, -80),
        later=(Later(1, 155, 84, 60, "Two programme leads left, and their posts are empty."),),
        updates=((240, ON_TRACK, "5 of 9 programme plans read."),
                 (64, OFF_TRACK, "Still 5 of 9. 7 of 11 service areas have an objective.")),
    ),
    "3.3": Course(
        "nnamdi-obiora", SERVICES, due=(-50, -110),
        updates=((190, ON_TRACK, "Two organisations met, and paid for their day."),
                 (14, ON_TRACK, "A joint workshop led to changes in how referrals are made.")),
    ),
    "3.4": Course(
        POLICY, SERVICES, due=(-100, -140),
        updates=((205, ON_TRACK, "First outline of the plan."),),
    ),
    "4.1": Course(
        LEARNING, CHIEF, due=(-70, -200),
        later=(Later(1, 9, None, -130, "The outside trainer is ill until the spring."),),
        updates=((233, ON_TRACK, "Listed all 26 courses and what each should lead to."),),
    ),
    "4.2": Course(
        CHIEF, CHIEF, due=(-21, -150),
        updates=((28, ON_TRACK, "Third session held. The hardest so far, and the most useful."),),
    ),
    "4.3": Course(
        LEARNING, CHIEF, due=(280, 100),
        updates=((285, AT_RISK, "Two sessions; three people came."),),
        end=End(182, State.CLOSED_NOT_IMPLEMENTED,
                "Staff told us that they would not speak in a room run by us. The money goes to "
                "the tailored counselling offer (2.4) instead."),
    ),
    "4.4": Course(
        LEARNING, CHIEF, due=(-35, -95, -260),
        updates=((76, AT_RISK, "The programme is drafted for one year, not yet for several."),),
    ),
    "4.5": Course("farhana-chowdhury", SERVICES, due=(-120, -130, -140), awaits_acceptance=True,
                  no=(11, "I run the forum in my own time. Leading this takes paid hours.")),
    "N.1": Course(
        "", CHIEF, Response.NOT_ACCEPTED,
        "We have no endowment and no historic funders: the oldest grant on our books is from 2009. "
        "We will publish that list instead.",
    ),
    "N.2": Course(POLICY, SERVICES, due=(-55,), updates=(
        (22, ON_TRACK, "The first of two features is out."),)),
    "N.3": Course("", SERVICES),
    "N.4": Course("", "", Response.NONE_YET),
    "N.5": Course(
        SERVICES, CHIEF, due=(230,), done=(236,),
        updates=((235, ON_TRACK, "The board set aside a budget for three years."),),
        end=End(182, State.CLOSED_IMPLEMENTED, "A budget line of its own, reported each quarter."),
    ),
}  # fmt: skip
