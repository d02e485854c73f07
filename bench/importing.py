"""What 50,000 rows cost from the file to the line-up: `python3 dev.py bench --importing`.

Every step as a person or the worker takes it, each in a process of its own, so that the memory of
one does not hide in another's.
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.hostile import TOO_MUCH_MEMORY, _alone, _most_memory, make

MOST_SECONDS = 30
KINDS = ("50,000 good rows (CSV)", "50,000 good rows (Excel)", "50,000 good talks (JSON)")


@dataclass(frozen=True)
class Step:
    """Seconds by the clock and of this process's work; megabytes above what it held before."""

    name: str
    seconds: float
    work: float
    growth: float
    size: int
    told: str

    @property
    def line(self) -> str:
        cost = f"{self.seconds:6.2f} s {self.work:6.2f} s {self.growth:5.0f} MB"
        return f"  {self.name:<34}{cost}{self.size / 1024:8.0f} kB  {self.told}"


def people() -> None:
    """One organiser and one empty conference."""
    from django.utils import timezone

    from organisations.enums import Role
    from organisations.models import Membership, Organisation, User

    now = timezone.now()
    user = User.objects.create_user("organiser@bench.example", display_name="Organiser")
    organisation = Organisation.objects.create(name="Bench", slug="bench", created_at=now)
    Membership.objects.create(
        user=user, organisation=organisation, roles=[Role.ORGANISER], started_at=now
    )


def conference() -> Any:
    from django.utils import timezone

    from organisations.models import Organisation

    return Organisation.objects.get().gatherings.create(
        kind="conference",
        title="Voices",
        held_on=date(2026, 3, 12),
        created_at=timezone.now(),
    )


def client() -> Any:
    from django.test import Client

    from organisations.models import User

    found = Client()
    found.force_login(User.objects.get())
    return found


def _measured(step: Callable[[], tuple[int, str]], name: str, result: Path) -> None:
    client().get("/check/")
    gc.collect()
    before, began, worked = _most_memory(), time.perf_counter(), time.process_time()
    size, told = step()
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    found = Step(name, seconds, work, _most_memory() - before, size, told)
    result.write_text(json.dumps(asdict(found)))


def taken(name: str, step: Callable[[], tuple[int, str]], folder: str) -> Step:
    from django.db import connections

    connections.close_all()
    result = Path(folder) / "result.json"
    _alone(_measured, step, name, result)
    found = Step(**json.loads(result.read_text()))
    print(found.line, flush=True)
    return found


def whole_way(kind: str, folder: str) -> list[Step]:
    """Choosing, mapping, looking, confirming, saving, and the same file once more."""
    from django.db import connections

    from panels.models import Upload

    print(kind)
    gathering, path = conference(), Path(folder) / "file"
    base = f"/o/bench/events/{gathering.pk}/import/"
    connections.close_all()
    _alone(make, kind, path)
    chosen = taken("choose the file", lambda: _choose(base, path), folder)
    upload = Upload.objects.defer("rows", "programme").get(gathering=gathering)
    at = f"{base}{upload.pk}/"
    steps = [chosen]
    if upload.columns:
        uses = {f"column-{n}": use for n, (_, use) in enumerate(upload.columns)}
        steps.append(taken("look at the columns", lambda: _get(f"{at}columns/"), folder))
        steps.append(taken("map the columns", lambda: _post(f"{at}columns/", uses), folder))
    steps.append(taken("look at it", lambda: _get(f"{at}confirm/"), folder))
    steps.append(taken("confirm it", lambda: _post(f"{at}confirm/", {}), folder))
    steps.append(taken("the worker saves it", lambda: _save(upload.pk), folder))
    steps.append(taken("see that it is saved", lambda: _get(f"{at}saving/"), folder))
    return steps


def _get(url: str) -> tuple[int, str]:
    response = client().get(url)
    if response.status_code != 200:
        raise RuntimeError(f"{url} answered {response.status_code}")
    return len(response.content), ""


def _post(url: str, data: dict[str, Any]) -> tuple[int, str]:
    response = client().post(url, data)
    if response.status_code != 302:
        raise RuntimeError(f"{url} answered {response.status_code}")
    return 0, ""


def _choose(url: str, path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        return _post(url, {"file": file, "text": ""})


def _save(pk: Any) -> tuple[int, str]:
    from panels import tasks
    from panels.models import Upload

    tasks.apply_upload(str(pk))
    upload = Upload.objects.get(pk=pk)
    return 0, f"{upload.get_state_display()}: {upload.summary or upload.problem}"


def main() -> None:
    people()
    with TemporaryDirectory() as folder:
        ways = [whole_way(kind, folder) for kind in KINDS]
    slowest = max(sum(step.seconds for step in way) for way in ways)
    most = max(step.growth for way in ways for step in way)
    print(f"\nAt most {slowest:.1f} s from file to line-up, and {most:.0f} MB more in one step.")
    if slowest > MOST_SECONDS or most > TOO_MUCH_MEMORY:
        sys.exit(f"More than {MOST_SECONDS} s or {TOO_MUCH_MEMORY} MB.")
