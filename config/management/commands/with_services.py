import argparse
import io
import subprocess
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from config.embedded import EmbeddedError
from config.embedded.places import ROOT
from config.embedded.services import is_running_already, running_services


class Command(BaseCommand):
    help = "Run one command with the database and the broker up: with_services -- python -m bench"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("command", nargs=argparse.REMAINDER)

    def handle(self, *args: Any, **options: Any) -> None:
        command = [word for word in options["command"] if word != "--"]
        if is_running_already():
            code = subprocess.run(command, cwd=ROOT).returncode
        else:
            code = run_between(command)
        if code:
            raise CommandError(f"{' '.join(command)} ended with code {code}.", returncode=code)


def run_between(command: list[str]) -> int:
    try:
        with running_services():
            call_command("migrate", database="owner", interactive=False, verbosity=0)
            call_command("load_catalogue", stdout=io.StringIO())
            connections.close_all()
            return subprocess.run(command, cwd=ROOT).returncode
    except EmbeddedError as problem:
        raise CommandError(str(problem)) from None
