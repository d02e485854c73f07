"""How many connections to the mail server this process has at once."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from threading import Lock

from django.db import connections


class Lanes:
    """No more than so many run. Whoever comes while all do rings, and a lane looks once more."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.running = 0
        self.is_rung = False

    def enter(self, wanted: int, *, most: int) -> int:
        """How many of the wanted may run now; each must leave."""
        with self.lock:
            granted = max(0, min(wanted, most - self.running))
            self.running += granted
            if not granted:
                self.is_rung = True
            return granted

    def leave(self, *, whatever_happens: bool = False) -> bool:
        """False where somebody rang meanwhile, so that this lane must go on."""
        with self.lock:
            if self.is_rung and not whatever_happens:
                self.is_rung = False
                return False
            self.running -= 1
            return True


LANES = Lanes()


def run_lanes(lane: Callable[[], bool], *, wanted: int, most: int) -> bool:
    """Run as many of the lane at once as are wanted and may; whether any of them ran out of time.

    An error in one is raised once all are over.
    """
    granted = LANES.enter(wanted, most=most)
    if granted <= 1:
        return granted == 1 and run_one(lane)
    running: list[Future[bool]] = []
    try:
        with ThreadPoolExecutor(granted, thread_name_prefix="mail") as pool:
            for _ in range(granted):
                running.append(pool.submit(copy_context().run, in_thread, lane))
    finally:
        for _ in range(granted - len(running)):
            LANES.leave(whatever_happens=True)
    ran_out = [each.result() for each in running]
    return any(ran_out)


def in_thread(lane: Callable[[], bool]) -> bool:
    try:
        return run_one(lane)
    finally:
        connections.close_all()


def run_one(lane: Callable[[], bool]) -> bool:
    try:
        ran_out = lane()
        while not LANES.leave():
            ran_out = lane()
    except BaseException:
        LANES.leave(whatever_happens=True)
        raise
    return ran_out
