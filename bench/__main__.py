"""Run as `python3 dev.py bench`, or `python -m bench` where no environment is wanted."""

import os
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

import django

from bench.work import Work
from config.embedded import EmbeddedError


def arguments() -> Namespace:
    parser = ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=50, help="of each page (50)")
    parser.add_argument("--organisations", type=int, default=1000, help="the sector's size (1000)")
    parser.add_argument("--hostile", action="store_true", help="read hostile files instead")
    parser.add_argument("--importing", action="store_true", help="read in 50,000 rows instead")
    parser.add_argument("--failures", action="store_true", help="kill and break things instead")
    parser.add_argument("--only", help="failures of these names, with commas between")
    parser.add_argument("--mail", action="store_true", help="plan and deliver reminders instead")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    if options.hostile:
        from bench import hostile

        return hostile.main()
    if options.failures:
        from bench.failures.run import main as play

        return play(only=options.only, json=options.json)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    from bench.database import database, server

    try:
        with server():
            django.setup()
            with database():
                if options.mail:
                    from bench import mail

                    return mail.main()
                if options.importing:
                    from bench import importing

                    return importing.main()
                run(options)
    except EmbeddedError as problem:
        sys.exit(str(problem))


def run(options: Namespace) -> None:
    from bench.measure import measure
    from bench.pages import pages
    from bench.report import as_text, circumstances, work_words, write_json
    from bench.seed import Size, seed

    began = time.perf_counter()
    size = Size(max(2, options.organisations))
    print(f"Filling a database with {size.organisations} organisations")
    seed(size)
    print(f"  filled in {time.perf_counter() - began:.0f} s\n")
    measured = pages()
    costs = measure(measured, runs=max(2, options.runs))
    print(as_text(measured, costs), end="\n\n")
    done = []
    for work in works(runs=max(2, options.runs)):
        done.append(work)
        print(work_words(work), flush=True)
    print(f"\n{circumstances()}")
    print(f"All of it took {time.perf_counter() - began:.0f} s.")
    if options.json:
        write_json(options.json, measured, costs, done)


def works(*, runs: int) -> Iterator[Work]:
    from bench import dashboards, judging, packs, saving

    yield from judging.works(runs=runs)
    yield saving.work()
    yield from packs.works()
    yield from dashboards.works()


if __name__ == "__main__":
    main()
