"""Run as `python3 dev.py bench`, or `python -m bench` where no environment is wanted."""

import os
import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

import django

from config.embedded import EmbeddedError


def arguments() -> Namespace:
    parser = ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=50, help="of each page (50)")
    parser.add_argument("--organisations", type=int, default=1000, help="the sector's size (1000)")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    from bench.database import database, server

    try:
        with server():
            django.setup()
            with database():
                run(options)
    except EmbeddedError as problem:
        sys.exit(str(problem))


def run(options: Namespace) -> None:
    from bench.measure import measure
    from bench.pages import pages
    from bench.report import as_text, circumstances, write_json
    from bench.seed import Size, seed

    began = time.perf_counter()
    size = Size(max(2, options.organisations))
    print(f"Filling a database with {size.organisations} organisations")
    seed(size)
    print(f"  filled in {time.perf_counter() - began:.0f} s\n")
    measured = pages()
    costs = measure(measured, runs=max(2, options.runs))
    print(as_text(measured, costs))
    print(circumstances())
    if options.json:
        write_json(options.json, measured, costs)


if __name__ == "__main__":
    main()
