"""What an installation depends on, and a developer's machine too."""

import os
import runpy
import subprocess
import sys
import urllib.request
from contextlib import nullcontext
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import environ
import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connections

from config.embedded.places import ROOT, try_lock
from config.embedded.postgres import OWNER_ROLE
from config.management.commands.serve import Command
from config.settings.servers import databases

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "only-for-this-test-and-long-enough-to-pass-the-check-0123456789-abcdefg",
    "ALLOWED_HOSTS": "table.example",
    "SITE_URL": "https://table.example",
    "DATABASE_URL": "postgres://at_the_table@nowhere.invalid/at_the_table",
    "REDIS_URL": "redis://nowhere.invalid",
}


def in_production(*words: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    command = [sys.executable, *words]
    return subprocess.run(
        command, cwd=ROOT, env=kept | PRODUCTION | more, capture_output=True, text=True
    )


class TestMigrate:
    @pytest.mark.parametrize("database", ["owner", "default"])
    def test_it_refuses_the_products_own_role_and_says_the_way_out(
        self, settings: LazySettings, database: str
    ) -> None:
        settings.PRODUCT_DATABASE_ROLE = connections[database].settings_dict["USER"]
        with pytest.raises(
            CommandError, match=r"^Migrations would run as '\w+'.*: set DATABASE_OWN"
        ):
            call_command("migrate", database=database)

    def test_in_production_without_the_owners_address(self) -> None:
        answer = in_production("manage.py", "migrate")
        assert answer.returncode == 1
        assert answer.stderr == (
            "CommandError: Migrations would run as 'at_the_table', the product's own role: set "
            "DATABASE_OWNER_URL to the role that owns the tables (docs/deploying.md).\n"
        )

    def test_the_owner_is_never_the_embedded_one_of_another_server(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With DATABASE_URL alone both are that one, which `migrate` refuses."""
        monkeypatch.setenv("DATABASE_URL", "postgres://me@elsewhere/table")
        monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
        both = databases(environ.Env(), name="postgres", persistent=0)
        assert [both[alias]["USER"] for alias in ("default", "owner")] == ["me", "me"]
        monkeypatch.delenv("DATABASE_URL")
        embedded = databases(environ.Env(), name="postgres", persistent=0)
        assert embedded["owner"]["USER"] == OWNER_ROLE


@pytest.mark.parametrize(
    ("more", "values"),
    [({}, "True False\n"), ({"HSTS_PRELOAD": "1", "HSTS_INCLUDE_SUBDOMAINS": "0"}, "False True\n")],
)
def test_what_browsers_are_told_to_remember_is_the_operators_to_say(
    more: dict[str, str], values: str
) -> None:
    script = (
        "from django.conf import settings as s; "
        "print(s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD)"
    )
    assert in_production("-c", script, **more).stdout == values


@pytest.mark.parametrize(
    ("allowed", "host"),
    [
        ("*", "localhost"),
        (".table.example", "table.example"),
        (" table.example, *", "table.example"),
    ],
)
def test_the_health_check_asks_by_a_name_that_is_answered(
    monkeypatch: pytest.MonkeyPatch, allowed: str, host: str
) -> None:
    asked: list[tuple[str, str | None]] = []

    def answer(request: urllib.request.Request, **kwargs: object) -> nullcontext:
        asked.append((request.full_url, request.get_header("Host")))
        return nullcontext(SimpleNamespace(status=200))

    monkeypatch.setenv("ALLOWED_HOSTS", allowed)
    monkeypatch.setattr(sys, "argv", ["healthcheck.py", "/healthz"])
    monkeypatch.setattr(urllib.request, "urlopen", answer)
    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(ROOT / "deploy" / "healthcheck.py"), run_name="__main__")
    assert (end.value.code, asked) == (0, [("http://127.0.0.1:8000/healthz", host)])


class TestClean:
    def clean(self, var: Path) -> subprocess.CompletedProcess[str]:
        """Of a copy, so that this project's own environment is out of reach."""
        copy = var.parent / "dev.py"
        copy.write_text((ROOT / "dev.py").read_text())
        return subprocess.run(
            [sys.executable, copy, "clean", "--yes"],
            env=os.environ | {"VAR_FOLDER": str(var)},
            capture_output=True,
            text=True,
        )

    def test_a_running_database_is_left_alone(self, tmp_path: Path) -> None:
        var = tmp_path / "var"
        lock = try_lock(var / "run.lock")
        assert lock is not None
        answer = self.clean(var)
        assert (answer.returncode, answer.stderr) == (
            1,
            "Something still runs on this data: stop it first, with Ctrl-C.\n",
        )
        assert var.exists()
        lock.close()
        assert self.clean(var).returncode == 0
        assert not var.exists()


def test_whoever_starts_it_is_told_where_the_emails_are() -> None:
    said = StringIO()
    Command(stdout=said).greet(8765, demo=False)
    assert "Emails sent by this machine: http://localhost:8765/dev/mail/\n" in said.getvalue()
