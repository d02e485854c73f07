"""Make everything ready, then play the scenarios, several at a time: most of each is waiting."""

import logging
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.failures.scenarios import SCENARIOS, Scenario
from bench.failures.sink import Sink
from bench.failures.stage import Stage, StageError, set_up
from bench.failures.table import HEAD, Row, total, write_json
from config.embedded import EmbeddedError
from config.embedded.places import VAR, only_one
from config.embedded.postgres import OWNER_ROLE, PRODUCT_ROLE, Cluster
from config.embedded.processes import wait_until

# More than a batch, so that a worker sends over two connections at once.
PEOPLE = 60
AT_ONCE = 7
RECOVERY_PATIENCE = 150.0
# For what might still come twice.
SETTLING = 4.0


def main(*, only: str | None, json: Path | None) -> None:
    named = set(only.split(",")) if only else {each.name for each in SCENARIOS}
    chosen = [each for each in SCENARIOS if each.name in named]
    if len(chosen) < len(named):
        known = ", ".join(each.name for each in SCENARIOS)
        sys.exit(f"Not all of {only} are known. There are: {known}.")
    began, load = time.monotonic(), os.getloadavg()[0]
    try:
        with ready_cluster() as (cluster, days_ahead):
            print(f"{HEAD}\n{'-' * len(HEAD)}", flush=True)
            rows = []
            for row in played(chosen, cluster=cluster, days_ahead=days_ahead):
                rows.append(row)
                print(row.words, flush=True)
    except EmbeddedError as problem:
        sys.exit(str(problem))
    print(f"\n{total(rows)}")
    took = time.monotonic() - began
    print(f"No wait was scaled. Load {load:.1f} before; all of it took {took:.0f} s.")
    if json:
        write_json(json, rows)
    if not all(row.is_good for row in rows):
        sys.exit(1)


@contextmanager
def ready_cluster() -> Iterator[tuple[Cluster, int]]:
    """With all that is owed in the database that each scenario takes a copy of.

    As in production, what is committed is on disk: a careless server would lose it itself.
    """
    with ExitStack() as stack:
        note = "A run of failures is under way: wait for it to end."
        stack.enter_context(only_one(VAR / "failures.lock", note))
        cluster = Cluster("failures", VAR / "failures-postgres")
        stack.callback(lambda: cluster.stop())
        cluster.start()
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.failures.settings"
        os.environ.setdefault("LOG_LEVEL", "WARNING")
        os.environ["DATABASE_URL"] = cluster.url(PRODUCT_ROLE)
        os.environ["DATABASE_OWNER_URL"] = cluster.url(OWNER_ROLE)
        yield cluster, prepare(cluster)


def prepare(cluster: Cluster) -> int:
    """By how many days the scenarios' clock is ahead of ours."""
    import django

    from bench.failures.stage import run_sql
    from config.embedded.postgres import DATABASE

    run_sql(cluster, "DROP DATABASE {} WITH (FORCE)", DATABASE)
    run_sql(cluster, "CREATE DATABASE {} OWNER {}", DATABASE, OWNER_ROLE)
    django.setup()
    from django.core.management import call_command
    from django.db import connections
    from django.utils import timezone

    from bench.reminders import day_reminded_of, planning_day, seed_reminders

    # The mail server's own words on whoever hangs up: the table says what came of it.
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    today = planning_day()
    seed_reminders(organisations=4, people=PEOPLE, actions=1, day=day_reminded_of(today))
    connections.close_all()
    return (today - timezone.localdate()).days


def played(chosen: Sequence[Scenario], *, cluster: Cluster, days_ahead: int) -> Iterator[Row]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        together = [
            pool.submit(play, each, cluster=cluster, days_ahead=days_ahead)
            for each in chosen
            if not each.alone
        ]
        try:
            for done in as_completed(together):
                yield done.result()
        finally:
            for waiting in together:
                waiting.cancel()
    for each in chosen:
        if each.alone:
            yield play(each, cluster=cluster, days_ahead=days_ahead)


def play(scenario: Scenario, *, cluster: Cluster, days_ahead: int) -> Row:
    sink = Sink(scenario.manners)
    with set_up(
        scenario.name,
        people=PEOPLE,
        codes=scenario.codes,
        cluster=cluster,
        sink=sink,
        days_ahead=days_ahead,
        settings=scenario.settings,
    ) as stage:
        seconds, problem = None, ""
        try:
            if scenario.codes:
                stage.owe_codes()
            since = scenario.play(stage)
            if wait_until(stage.is_over, RECOVERY_PATIENCE, pause=0.2):
                seconds = time.monotonic() - since
                time.sleep(SETTLING)
        except (StageError, EmbeddedError) as error:
            problem = str(error)
        return row_of(scenario, stage, seconds=seconds, problem=problem)


def row_of(scenario: Scenario, stage: Stage, *, seconds: float | None, problem: str) -> Row:
    taken, ledger = stage.sink.taken, stage.ledger()
    return Row(
        name=scenario.name,
        owed=stage.owed,
        delivered=len(taken.people),
        refused=len(ledger.refused),
        given_up=len(ledger.given_up),
        arrived=len(ledger.given_up & taken.people.keys()),
        twice=taken.told_twice + taken.codes_sent_anew,
        resent=taken.sent_anew,
        alike=taken.copies_are_alike,
        seconds=seconds,
        open_window=scenario.open_window,
        restarts=stage.restarts,
        problem=problem,
    )
