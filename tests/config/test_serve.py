"""The one command, started for real: in a folder and on a port of its own."""

import os
import shutil
import signal
import smtplib
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from config.embedded.places import ROOT, digest, socket_folder
from config.embedded.ports import first_free
from config.embedded.processes import wait_until
from config.management.commands import serve
from config.management.commands.serve import Command

# One after the other: each takes the first port that is free when it looks.
pytestmark = pytest.mark.xdist_group("ports")
PATIENCE = 240.0


@pytest.fixture
def runs() -> Generator[list["Run"]]:
    """Whatever a failed test leaves running is stopped."""
    started: list[Run] = []
    yield started
    for run in started:
        if run.process.poll() is None:
            run.stop(signal.SIGTERM)


@contextmanager
def empty_home() -> Generator[Path]:
    """Short, and open to the user that Postgres runs as where the tests run as root."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder).resolve()
        place.chmod(0o755)
        yield place
        for sockets in socket_folder("x").parent.glob(f"att-{digest(place)}-*"):
            shutil.rmtree(sockets)


@pytest.fixture
def home() -> Generator[Path]:
    with empty_home() as place:
        yield place


@pytest.fixture(scope="module")
def used_home() -> Generator[Path]:
    """Empty for the first command alone: migrating takes longest."""
    with empty_home() as place:
        yield place


def environment(home: Path) -> dict[str, str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"}
    }
    dev = {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "VAR_FOLDER": str(home)}
    return inherited | dev


class Run:
    """One `serve` in a process of its own, with what it says in a file."""

    def __init__(self, home: Path, runs: list["Run"]) -> None:
        self.home, self.said = home, home / "said"
        self.port = first_free(18000)
        command = [sys.executable, "manage.py", "serve", "--no-demo", "--port", str(self.port)]
        with self.said.open("wb") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment(home), stdout=output, stderr=output
            )
        runs.append(self)

    def wait_until_open(self) -> None:
        opened = wait_until(
            lambda: "Open http" in self.said.read_text() or self.process.poll() is not None,
            PATIENCE,
        )
        assert opened, self.said.read_text()
        assert self.process.poll() is None, self.said.read_text()

    def processes(self) -> list[str]:
        """Everything that works for this run has its folder or its port on the command line."""
        listing = subprocess.run(
            ["ps", "-ww", "-eo", "pid=,args="], capture_output=True, text=True
        ).stdout
        marks = (str(self.home), f"--port {self.port}")
        mine = [line for line in listing.splitlines() if any(mark in line for mark in marks)]
        return [line for line in mine if str(self.process.pid) not in line.split()]

    def stop(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        return self.process.wait(60)

    def database(self, statement: str) -> str:
        ask = [sys.executable, "manage.py", "shell", "--no-imports", "-c"]
        script = f"""
from django.db import connections
with connections["owner"].cursor() as cursor:
    cursor.execute({statement!r})
    print(cursor.fetchone() if cursor.description else "")
"""
        answer = subprocess.run(
            [*ask, script], cwd=ROOT, env=environment(self.home), capture_output=True, text=True
        )
        assert answer.returncode == 0, answer.stderr
        return answer.stdout.strip()


def test_it_runs_recovers_from_kill_9_with_its_data_and_stops_cleanly(
    home: Path, runs: list[Run]
) -> None:
    first = Run(home, runs)
    first.wait_until_open()
    with urllib.request.urlopen(f"http://localhost:{first.port}/healthz") as answer:
        assert answer.status == 200
    send_a_message(mail_port(first))
    messages = [message.read_bytes() for message in (home / "mail").iterdir()]
    assert messages == [b"Subject: Try\r\n\r\nBy hand\r\n"]
    first.database("CREATE TABLE kept AS SELECT 1 AS number")

    second = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
    )
    assert second.returncode == 1
    assert second.stderr == (
        f"CommandError: It is running already, as process {first.process.pid}: "
        "stop that one first, with Ctrl-C.\n"
    )

    assert first.stop(signal.SIGKILL) == -signal.SIGKILL
    assert wait_until(lambda: not first.processes(), 20), first.processes()

    again = Run(home, runs)
    again.wait_until_open()
    assert again.database("SELECT number FROM kept") == "(1,)"
    assert again.stop(signal.SIGINT) == 0
    assert again.said.read_text().endswith("Stopped.\n")
    assert again.processes() == []


def mail_port(run: Run) -> int:
    """Once it is there: the pages may answer before it."""
    assert wait_until(lambda: bool(catchers(run)), 20), run.processes()
    return int(catchers(run)[0].split("--port ")[1].split()[0])


def catchers(run: Run) -> list[str]:
    return [line for line in run.processes() if "config.mail_catcher" in line]


def send_a_message(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.sendmail("a@table.example", ["b@table.example"], "Subject: Try\r\n\r\nBy hand\r\n")


def test_a_command_runs_between_start_and_stop_of_the_servers(used_home: Path) -> None:
    ask = "import redis, os; print('between')"
    command = [sys.executable, "manage.py", "with_services", "--", sys.executable, "-c", ask]
    answer = subprocess.run(
        command, cwd=ROOT, env=environment(used_home), capture_output=True, text=True
    )
    assert (answer.returncode, answer.stdout) == (0, "between\n"), answer.stderr


def test_its_failure_is_passed_on(used_home: Path) -> None:
    command = [sys.executable, "manage.py", "with_services", "--", "/bin/false"]
    answer = subprocess.run(
        command, cwd=ROOT, env=environment(used_home), capture_output=True, text=True
    )
    assert (answer.returncode, answer.stderr) == (
        1,
        "CommandError: /bin/false ended with code 1.\n",
    )


def test_it_is_for_development_alone() -> None:
    with pytest.raises(CommandError, match="for development"):
        call_command("serve")


def test_a_port_that_was_asked_for_and_is_taken_names_the_way_out() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Exception, match=f"Port {port} is taken; name another with --port."):
            Command().choose_port(port)


def test_what_the_demo_writes_leads_to_the_port_in_use(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def prepare(*, demo: bool) -> None:
        seen.append(settings.SITE_URL)
        raise CommandError("enough")

    monkeypatch.delenv("SITE_URL", raising=False)
    # The fixture puts back what it has set, and with it what the command sets.
    settings.SITE_URL = "http://localhost"
    monkeypatch.setattr(serve, "running_services", nullcontext)
    monkeypatch.setattr(serve, "prepare_database", prepare)
    port = first_free(18000)
    with pytest.raises(CommandError, match="enough"):
        Command().serve(port, demo=True)
    assert seen == [f"http://localhost:{port}"]
