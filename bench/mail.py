"""Planning 100,000 reminders, making their 10,000 emails, and delivering those.

Each beside the least that it could cost: one INSERT … SELECT of the same rows into a table of the
same shape and indexes, and a loop of `smtplib` over one connection to the same mail server.
"""

import multiprocessing
import os
import smtplib
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial
from statistics import median

from django.db import connections
from django.test import override_settings
from django.utils import timezone

from bench.mail_sink import mail_sink
from bench.reminders import day_reminded_of, planning_day, seed_reminders
from bench.report import circumstances
from bench.seed import OWNER, analyse
from bench.work import timed
from outbox.actions import beat
from outbox.delivery import deliver_due
from outbox.enums import State
from outbox.models import Email
from outbox.wire import written
from reminders import composing
from reminders.actions import plan_if_due, plan_reminders
from reminders.models import Reminder
from reminders.queries import TICK

PEOPLE, ACTIONS, ORGANISATIONS = 10_000, 10, 100
ROUNDS = 3
MOST_TIMES_AS_LONG = 3.0
LEAST_OF_THE_RATE = 0.8
LIKE = """
    CREATE TABLE bench_rows AS SELECT * FROM reminders_reminder;
    CREATE TABLE bench_floor (LIKE reminders_reminder INCLUDING ALL);
"""
FLOOR = "INSERT INTO bench_floor SELECT * FROM bench_rows"
ANEW = """
    SELECT set_config('pgtrigger.ignore', array_agg(tgname)::text, false)
    FROM pg_trigger WHERE tgrelid = 'outbox_attempt'::regclass;
    TRUNCATE outbox_attempt;
    SET pgtrigger.ignore = '{}';
    UPDATE outbox_email SET state = 'queued', sent_at = NULL, attempts = 0, lease_token = NULL,
        lease_until = NULL, due_at = created_at, last_error = '';
"""


def main(*, people: int = PEOPLE, rounds: int = ROUNDS) -> None:
    today = planning_day()
    now = timezone.make_aware(datetime.combine(today, time(9)))
    size = {"organisations": ORGANISATIONS, "people": people, "actions": ACTIONS}
    seed_reminders(**size, day=day_reminded_of(today))
    print(f"{people * ACTIONS:,} actions of {people:,} people; load {os.getloadavg()[0]:.1f}")
    planning(now=now, due=people * ACTIONS)
    # The planner of Postgres knows these rows by the next morning.
    analyse()
    took = timed(lambda: composing.compose_due(today=today, now=now)) / 1000
    count = Email.objects.count()
    print(f"{'composing':<34}{took:8.1f} s  {count / took:8.0f} emails a second")
    with mail_sink() as port, override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        delivering(count=count, port=port, clock=lambda: now + timedelta(hours=1), rounds=rounds)
    print(f"\n{circumstances()}")


def planning(*, now: datetime, due: int) -> None:
    """What is planned last stays."""
    today = now.date()
    execute("TRUNCATE reminders_reminder CASCADE")
    plan_reminders(today=today, now=now)
    execute(LIKE)
    ours, floors = [], []
    for _ in range(ROUNDS):
        execute("TRUNCATE reminders_reminder CASCADE; TRUNCATE bench_floor")
        ours.append(timed(lambda: plan_reminders(today=today, now=now)))
        floors.append(timed(lambda: execute(FLOOR)))
    if Reminder.objects.count() != due:
        raise RuntimeError(f"{Reminder.objects.count()} reminders were planned, {due} are due.")
    plan_if_due(now=now)
    took, floor = median(ours) / 1000, median(floors) / 1000
    over = "  over" if took / floor > MOST_TIMES_AS_LONG else ""
    print(f"{'planning':<34}{took:8.2f} s")
    print(f"{'a bare INSERT … SELECT':<34}{floor:8.2f} s")
    print(f"{'':<34}{took / floor:8.2f} times as long (aim: {MOST_TIMES_AS_LONG:g}){over}\n")


def delivering(*, count: int, port: int, clock: Callable[[], datetime], rounds: int) -> None:
    # As in production, where each minute has its tick.
    beat(TICK, now=clock())
    messages = [(email.to_address, written(email)) for email in Email.objects.all()]
    warm_up = messages[:200]
    bare_loop(warm_up, port=port)
    rates: dict[str, list[float]] = {"bare": [], "one": [], "two": []}
    for _ in range(rounds):
        rates["bare"].append(count / timed(lambda: bare_loop(messages, port=port)) * 1000)
        for name, processes in (("one", 1), ("two", 2)):
            execute(ANEW)
            analyse()
            rates[name].append(count / timed(partial(deliver, processes, clock=clock)) * 1000)
            if Email.objects.exclude(state=State.SENT).exists():
                raise RuntimeError("Not every email was sent.")
    for line in words({name: median(found) for name, found in rates.items()}, count=count):
        print(line)


def words(rates: dict[str, float], *, count: int) -> Iterator[str]:
    floor = rates["bare"]
    yield f"{f'{count:,} emails, a bare loop':<34}{floor:8.0f} a second"
    aims = {"one": LEAST_OF_THE_RATE, "two": rates["one"] / floor}
    for name, aim in aims.items():
        over = "  under" if rates[name] / floor < aim else ""
        share = f"{rates[name] / floor:.0%} of it (aim: {aim:.0%} or more){over}"
        yield f"{f'delivered by {name}':<34}{rates[name]:8.0f} a second  {share}"


def bare_loop(messages: list[tuple[str, bytes]], *, port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as connection:
        for address, message in messages:
            connection.sendmail("no-reply@localhost", [address], message)


def deliver(processes: int, *, clock: Callable[[], datetime]) -> None:
    if processes == 1:
        deliver_all(clock)
        return
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=deliver_all, args=[clock]) for _ in range(processes)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def deliver_all(clock: Callable[[], datetime]) -> None:
    while deliver_due(clock=clock):
        pass


def execute(statements: str) -> None:
    with connections[OWNER].cursor() as cursor:
        cursor.execute(statements)
