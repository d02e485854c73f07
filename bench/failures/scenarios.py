"""What breaks. Each play returns the moment from which recovery is reckoned."""

import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bench.failures.sink import Manners
from bench.failures.stage import Stage
from config.embedded.processes import wait_until

Play = Callable[[Stage], float]
# Slow enough that something can break while emails leave.
UNHURRIED = Manners(first=10_000, seconds=0.3)
MID_RUN = 10
# In the middle of a batch, where an email can be the seventh.
SEVENTH = 7
# Codes go before all else: over one connection, the first emails of a run are these.
TEN_CODES = 10
# Where nothing may be resent: while one connection is at that place, another may be in the window.
ONE_CONNECTION = {"EMAIL_CONNECTIONS": "1"}


@dataclass(frozen=True)
class Scenario:
    """alone: nothing else may run beside it. open_window: an email may leave twice, all alike.
    codes: so many sign-in codes are owed too. settings: what its processes find besides."""

    name: str
    play: Play
    manners: Manners = field(default_factory=Manners)
    open_window: bool = False
    alone: bool = False
    codes: int = 0
    settings: Mapping[str, str] = field(default_factory=dict)


def killed_at(*failpoints: str, then: Callable[[Stage], None] = lambda stage: None) -> Play:
    """One worker after another dies, each at its own place; then one comes that does not."""

    def play(stage: Stage) -> float:
        stage.ring()
        died = 0.0
        for number, failpoint in enumerate(failpoints):
            worker = stage.worker(failpoint)
            if number:
                stage.beat()
            died = stage.wait_for_death(worker)
        then(stage)
        stage.worker()
        if len(failpoints) == 1:
            stage.beat()
        return died

    return play


def running(stage: Stage) -> None:
    stage.ring()
    stage.worker()
    stage.beat()


def misbehaving(stage: Stage) -> float:
    running(stage)
    return stage.wait_for_mails(1)


def broker_lost(stage: Stage) -> float:
    running(stage)
    stage.wait_for_mails(MID_RUN)
    stage.empty_broker()
    since = time.monotonic()
    stage.broker.stop()
    stage.broker.start()
    return since


def postgres_gone(*, seconds: float) -> Play:
    """SIGQUIT is its immediate stop: nothing is put in order, as after a crash. The server has
    begun an email by then, and says that it took it while nothing can be written down."""

    def play(stage: Stage) -> float:
        running(stage)
        stage.wait_for_mails(MID_RUN)
        assert stage.cluster.process is not None
        stage.cluster.process.send_signal(signal.SIGQUIT)
        stage.cluster.process.wait(60)
        time.sleep(seconds)
        since = time.monotonic()
        stage.cluster.start()
        return since

    return play


def nobody_listens(stage: Stage) -> float:
    stage.sink.close()
    running(stage)
    stage.wait_for_rows()
    time.sleep(30)
    stage.sink.open()
    return time.monotonic()


def crowd(stage: Stage) -> float:
    """Ticks from all sides at once; and on past the next tick of every beat."""
    since = time.monotonic()
    for _ in range(3):
        stage.beat()
    for _ in range(4):
        stage.worker()
    stage.ring(times=8)
    stage.wait_for_mails(stage.people)
    wait_until(stage.is_over, 60)
    finished = time.monotonic()
    time.sleep(max(0.0, since + 80 - time.monotonic()))
    return time.monotonic() - (finished - since)


FAILPOINTS = {
    "before_planning_insert": 1,
    "before_planning_commit": 1,
    "after_planning_commit": 1,
    "while_composing": 1,
    "before_composing_commit": 1,
    "before_nudge": 1,
    "after_composing_commit": 1,
    "after_connecting": 1,
    "before_claim_commit": 1,
    "after_claim_commit": 1,
    "after_rendering": SEVENTH,
    "in_data": SEVENTH,
    "after_the_last_dot": SEVENTH,
    "before_finish": SEVENTH,
    "after_finish": SEVENTH,
    "before_acknowledgement": 1,
}
# From the last dot until it is written down that the email was taken.
OPEN_WINDOW = frozenset({"after_the_last_dot", "before_finish"})

DROPS_IN_DATA = Manners(first=5, drops_in_data=True)
DROPS_ITS_ANSWER = Manners(first=5, drops_after_keeping=True)


def with_codes(name: str, play: Play, manners: Manners | None = None) -> Scenario:
    """What breaks, breaks while a code is on its way. Codes have no open window: they fail."""
    return Scenario(
        f"codes_{name}",
        play,
        manners or Manners(),
        codes=TEN_CODES,
        settings=ONE_CONNECTION,
    )


SCENARIOS = (
    Scenario(
        "taking_over_a_lease",
        killed_at("after_claim_commit", "taking_over_a_lease"),
        settings=ONE_CONNECTION,
    ),
    *(
        Scenario(
            name,
            killed_at(f"{name}:{time}"),
            open_window=name in OPEN_WINDOW,
            settings={} if name in OPEN_WINDOW else ONE_CONNECTION,
        )
        for name, time in reversed(FAILPOINTS.items())
    ),
    with_codes("taking_over_a_lease", killed_at("after_claim_commit", "taking_over_a_lease")),
    *(
        with_codes(name, killed_at(f"{name}:{FAILPOINTS[name]}"))
        for name in ("after_claim_commit", "in_data", "after_the_last_dot", "before_finish")
    ),
    Scenario(
        "killed_and_broker_emptied", killed_at("after_composing_commit", then=Stage.empty_broker)
    ),
    Scenario("broker_emptied_and_restarted", broker_lost, UNHURRIED),
    Scenario("smtp_slow", misbehaving, Manners(first=20, seconds=2)),
    Scenario("smtp_refuses_for_now", misbehaving, Manners(first=10, answer="451 4.3.0 Later")),
    Scenario("smtp_refuses_for_good", misbehaving, Manners(first=10, answer="554 5.6.0 Not this")),
    Scenario("smtp_drops_in_data", misbehaving, DROPS_IN_DATA),
    Scenario("smtp_drops_its_answer", misbehaving, DROPS_ITS_ANSWER, open_window=True),
    with_codes("smtp_drops_in_data", misbehaving, DROPS_IN_DATA),
    with_codes("smtp_drops_its_answer", misbehaving, DROPS_ITS_ANSWER),
    Scenario("smtp_not_listening", nobody_listens),
    Scenario("three_beats_four_workers", crowd, Manners(first=10_000, seconds=0.1)),
    Scenario(
        "postgres_restarted", postgres_gone(seconds=0), UNHURRIED, codes=TEN_CODES, alone=True
    ),
    Scenario(
        "postgres_away_half_a_minute",
        postgres_gone(seconds=30),
        UNHURRIED,
        codes=TEN_CODES,
        alone=True,
    ),
)
