"""What reading a hostile file costs: `python3 dev.py bench --hostile`, a process for each file."""

import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from multiprocessing.context import ForkProcess, SpawnProcess
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.hostile_files import FILES
from panels.reading import Reading, Unreadable, map_table, read

TOO_MUCH_MEMORY = 150


@dataclass(frozen=True)
class Measured:
    """Seconds by the clock and of this process's work; megabytes above what it held before."""

    name: str
    size: int
    answer: str
    seconds: float
    work: float
    growth: float

    @property
    def line(self) -> str:
        size = f"{self.size / 1024:,.0f} kB"
        cost = f"{self.seconds:6.2f} s {self.work:6.2f} s {self.growth:5.0f} MB"
        return f"{self.name:<38}{size:>10}  {cost}  {self.answer}"


def answer_to(content: bytes) -> str:
    """A refusal in its own words, or what was read, mapped as it was suggested."""
    try:
        reading = read(content, "line-up")
        return _figures(reading)
    except Unreadable as refusal:
        return f"No: {refusal.message}"


def _figures(reading: Reading) -> str:
    programme = reading.programme
    if reading.table is not None:
        programme = map_table(reading.table, reading.table.suggested).programme
    if programme is None:
        raise RuntimeError("neither a programme nor a table")
    return f"Read: talks {programme.talks}, seats {programme.seats}, people {programme.people}"


def _most_memory() -> float:
    """Megabytes, the most so far; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0.0
    from resource import RUSAGE_SELF, getrusage

    most = getrusage(RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def make(name: str, path: Path) -> None:
    path.write_bytes(FILES[name][0]())


def measure(name: str, path: Path, result: Path) -> None:
    gc.collect()
    content = path.read_bytes()
    before, began, worked = _most_memory(), time.perf_counter(), time.process_time()
    answer = answer_to(content)
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    found = Measured(name, len(content), answer, seconds, work, _most_memory() - before)
    result.write_text(json.dumps(asdict(found)))


def measured(name: str, folder: Path) -> Measured:
    """Made in one process and read in another, so that making it costs the second nothing."""
    path, result = folder / "file", folder / "result.json"
    _alone(make, name, path)
    _alone(measure, name, path, result)
    return Measured(**json.loads(result.read_text()))


def _alone(work: Callable[..., None], *arguments: object) -> None:
    process = (SpawnProcess if sys.platform == "win32" else ForkProcess)(
        target=work, args=arguments
    )
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"{arguments[0]}: ended with {process.exitcode}")


def main(names: list[str] | None = None) -> None:
    print(f"{'file':<38}{'size':>10}    time     work  memory  answer")
    with TemporaryDirectory() as folder:
        found = [_told(name, Path(folder)) for name in names or FILES]
    most, slowest = max(f.growth for f in found), max(f.seconds for f in found)
    print(f"\n{len(found)} files; at most {most:.0f} MB more and {slowest:.2f} s.")
    if most > TOO_MUCH_MEMORY:
        sys.exit(f"More than {TOO_MUCH_MEMORY} MB.")


def _told(name: str, folder: Path) -> Measured:
    found = measured(name, folder)
    print(found.line, flush=True)
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
