import io
import os
import signal
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.urls import reverse

from config.embedded import EmbeddedError
from config.embedded.places import VAR
from config.embedded.ports import LOOPBACK, accepts, first_free, is_free
from config.embedded.processes import wait_until
from config.embedded.services import running_services
from config.embedded.supervisor import Program, Supervisor

DEFAULT_PORT = 8000
MAIL_PORT = 8025
WEB_PATIENCE = 90.0


class Command(BaseCommand):
    help = "Run everything on this machine: database, broker, web, worker, beat, mail catcher."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, help=f"web port on loopback ({DEFAULT_PORT})")
        parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEVELOPMENT:
            raise CommandError("This command is for development; see docs/deploying.md.")
        # SIGINT by name too: started in the background of a script, it would be ignored.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler)
        try:
            self.serve(options["port"], demo=not options["no_demo"])
        except EmbeddedError as problem:
            raise CommandError(str(problem)) from None
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def serve(self, wanted: int | None, *, demo: bool) -> None:
        with running_services() as servers:
            port, mail_port = self.choose_port(wanted), first_free(MAIL_PORT)
            # Here too, not only for the programs: the demo writes emails with links in them.
            settings.SITE_URL = site_url(port)
            self.stdout.write("Preparing the database")
            self.stdout.flush()
            prepare_database(demo=demo)
            supervisor = Supervisor(
                programs(port, mail_port), servers, environment(port, mail_port), self.stderr.write
            )
            try:
                supervisor.start()
                wait_for_web(supervisor, port)
                self.greet(port, demo=demo)
                supervisor.watch()
            finally:
                self.stop(supervisor)

    def choose_port(self, wanted: int | None) -> int:
        if wanted is not None and not is_free(wanted):
            raise EmbeddedError(f"Port {wanted} is taken; name another with --port.")
        port = wanted or first_free(DEFAULT_PORT)
        if wanted is None and port != DEFAULT_PORT:
            self.stdout.write(f"Port {DEFAULT_PORT} is taken, so this run uses {port}.")
        return port

    def greet(self, port: int, *, demo: bool) -> None:
        self.stdout.write(f"\nOpen {address(port)}  (Ctrl-C stops; logs in {VAR / 'log'})")
        self.stdout.write(f"Emails sent by this machine: {address(port)}{reverse('dev_mail')}")
        if demo:
            call_command("demo_people", stdout=self.stdout)
            connections.close_all()
        self.stdout.flush()

    def stop(self, supervisor: Supervisor) -> None:
        """A second Ctrl-C must not leave the database to be killed half-way."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        supervisor.stop()


def address(port: int) -> str:
    """By name: a passkey cannot belong to a bare number."""
    return f"http://localhost:{port}"


def site_url(port: int) -> str:
    return os.environ.get("SITE_URL", address(port))


def prepare_database(*, demo: bool) -> None:
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    call_command("load_catalogue", stdout=io.StringIO())
    if demo:
        call_command("seed_demo", if_empty=True)
    connections.close_all()


def environment(port: int, mail_port: int) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "SITE_URL": site_url(port),
        "EMAIL_PORT": os.environ.get("EMAIL_PORT", str(mail_port)),
        "PYTHONUNBUFFERED": "1",
    }


def programs(port: int, mail_port: int) -> list[Program]:
    python: list[str | Path] = [sys.executable, "-m"]
    celery = [*python, "celery", "-A", "config"]
    catcher: list[str | Path] = [
        "config.mail_catcher",
        "--port",
        str(mail_port),
        "--folder",
        settings.DEV_MAIL_DIR,
    ]
    web = ["granian", "--interface", "wsgi", "config.wsgi:application"]
    web += ["--host", LOOPBACK, "--port", str(port), "--workers", "1", "--blocking-threads", "4"]
    worker = ["worker", "-P", "threads", "-c", "4", "--without-gossip", "--without-mingle"]
    beat: list[str | Path] = ["beat", "--schedule", VAR / "beat-schedule", "--pidfile="]
    return [
        Program("mail", [*python, *catcher], restarts=3),
        Program("web", [*python, *web], restarts=0),
        Program("worker", [*celery, *worker, "--loglevel", "INFO"], restarts=3),
        Program("beat", [*celery, *beat, "--loglevel", "INFO"], restarts=3),
    ]


def wait_for_web(supervisor: Supervisor, port: int) -> None:
    def ready() -> bool:
        supervisor.look()
        return accepts(port)

    if not wait_until(ready, WEB_PATIENCE, pause=0.1):
        raise EmbeddedError(f"The web server did not answer on port {port}; see {VAR / 'log'}.")
