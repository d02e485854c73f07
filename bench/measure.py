"""Timing pages in this process, through every middleware, one after another in rounds."""

import gc
import time
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median, quantiles

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.pages import Page
from bench.seed import MEASURED_PERSON
from organisations.models import User

WARM_UPS = 3


@dataclass(frozen=True)
class Cost:
    """Milliseconds of server time; bytes before compression."""

    queries: int
    median: float
    p95: float
    size: int


class Reader:
    """Somebody with a browser: signed in or not."""

    def __init__(self, *, is_signed_in: bool) -> None:
        self.client = Client()
        if is_signed_in:
            self.client.force_login(User.objects.get(email=MEASURED_PERSON))

    def open(self, url: str, data: dict[str, str] | None = None) -> bytes:
        """The page, or RuntimeError where there is none."""
        response = self.client.post(url, data) if data else self.client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code}")
        return response.content


@dataclass
class Stopwatch:
    reader: Reader
    url: str
    data: dict[str, str]
    times: list[float]

    def run(self) -> None:
        began = time.perf_counter()
        self.reader.open(self.url, self.data)
        self.times.append(1000 * (time.perf_counter() - began))

    def cost(self) -> Cost:
        with CaptureQueriesContext(connection) as queries:
            page = self.reader.open(self.url, self.data)
        ninety_fifth = quantiles(self.times, n=20, method="inclusive")[-1]
        return Cost(len(queries), median(self.times), ninety_fifth, len(page))


def measure(pages: Iterable[Page], *, runs: int) -> dict[tuple[str, bool], Cost]:
    """The cost of each page and each floor, by name or address; at least 2 runs.

    In rounds, so that a busy moment of this machine falls on all of them alike.
    """
    watches = stopwatches(pages)
    for watch in watches.values():
        for _ in range(WARM_UPS):
            watch.reader.open(watch.url, watch.data)
    gc.collect()
    for _ in range(runs):
        for watch in watches.values():
            watch.run()
    return {key: watch.cost() for key, watch in watches.items()}


def stopwatches(pages: Iterable[Page]) -> dict[tuple[str, bool], Stopwatch]:
    readers = {True: Reader(is_signed_in=False), False: Reader(is_signed_in=True)}
    watches: dict[tuple[str, bool], Stopwatch] = {}
    for page in pages:
        reader = readers[page.is_public]
        floor = (page.floor, page.is_public)
        watches.setdefault(floor, Stopwatch(reader, page.floor, {}, []))
        watches[page.name, page.is_public] = Stopwatch(reader, page.url, page.data, [])
    return watches
