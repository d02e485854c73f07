"""Judges every count by the rules of today. Running it again changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from panels.actions.standing import judge_again


class Command(BaseCommand):
    help = "Judge every count again: after an upgrade that changes the rules of counting."

    def handle(self, *args: Any, **options: Any) -> None:
        gatherings, results = judge_again()
        self.stdout.write(f"Judged again: {gatherings} events and groups, {results} results.")
