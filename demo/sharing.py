"""Where pledges were published elsewhere, who was asked to make one, and a doubt about one."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from commitments.actions.encouraging import encourage
from commitments.actions.sharing import note_republication
from commitments.actions.trusting import report_pledge
from demo.leaders import CHIEF
from demo.scene import Scene, Step

# Leader, days ago, address, title.
PUBLISHED = (
    (CHIEF, 512, "https://saltmarsh-minds.example/about/our-pledge", "Our website: about us"),
    (CHIEF, 371, "https://saltmarsh-minds.example/annual-report", "Annual report, page 4"),
    (CHIEF, 203, "https://saltmarsh-minds.example/news/a-year-on", "A year on: what I changed"),
    ("kettlewell-chief-executive", 401, "https://kettlewell-road.example/pledge", "Our website"),
)
# Days ago, address.
ENCOURAGED = (
    (58, "director@larkspur-youth.example"),
    (17, "head@tarn-college.example"),
)
PLEASE = "You asked me over lunch how we choose our speakers. This is how. It took me ten minutes."
DOUBTED, DOUBT_SENT = "chair", 2
DOUBT = (
    "I work with Winsome, and when I spoke of this page she did not seem to know it. It may be "
    "nothing. Could somebody ask her whether she made it herself?"
)


def share(scene: Scene) -> Iterator[Step]:
    days = scene.days
    for leader, ago, link, title in PUBLISHED:
        yield days.at(ago, 19, 45), partial(note, leader, link, title, scene)
    for ago, address in ENCOURAGED:
        yield days.at(ago, 19, 45), partial(ask, address, scene)
    yield days.at(DOUBT_SENT, 19, 45), partial(doubt, scene)


def note(leader: str, link: str, title: str, scene: Scene, at: datetime) -> None:
    note_republication(
        pledge=scene.pledges[leader],
        link=link,
        title=title,
        published_on=at.date(),
        by=scene.cast[leader],
        now=at,
    )


def ask(address: str, scene: Scene, at: datetime) -> None:
    pledge, by = scene.pledges[CHIEF], scene.cast[CHIEF]
    encourage(pledge=pledge, address=address, words=PLEASE, by=by, now=at)


def doubt(scene: Scene, at: datetime) -> None:
    """It waits for the coordinator."""
    report_pledge(
        pledge=scene.pledges[DOUBTED],
        text=DOUBT,
        reporter_email="a-colleague@no-organisation.example",
        now=at,
    )
