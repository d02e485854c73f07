"""Runs the product's processes side by side, watches them, and stops them in reverse order."""

import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded import EmbeddedError
from config.embedded.places import LOGS, ROOT
from config.embedded.processes import last_lines, start, stop
from config.embedded.services import Server

PAUSE = 0.25
STOP_PATIENCE = 10.0
# Lines of a child's log that belong on the terminal.
ALARMS = ("ERROR", "CRITICAL", "[error", "[critical")


@dataclass(frozen=True, slots=True)
class Program:
    """restarts: how often it is started anew before its end is the end of everything."""

    name: str
    command: list[str | Path]
    restarts: int

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name}.log"


@dataclass
class Supervisor:
    programs: list[Program]
    servers: list[Server]
    env: Mapping[str, str]
    say: Callable[[str], None]
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict, init=False)
    restarts: dict[str, int] = field(default_factory=dict, init=False)
    shown: dict[str, int] = field(default_factory=dict, init=False)

    def start(self) -> None:
        for program in self.programs:
            self.shown[program.name] = program.log.stat().st_size if program.log.exists() else 0
            self.launch(program)

    def launch(self, program: Program) -> None:
        self.children[program.name] = start(
            program.command, log=program.log, env=self.env, cwd=ROOT
        )

    def watch(self) -> None:
        """Returns never: ends by an interrupt, or with the reason why it cannot go on."""
        while True:
            self.look()
            time.sleep(PAUSE)

    def look(self) -> None:
        for server in self.servers:
            if server.process is not None and server.process.poll() is not None:
                raise EmbeddedError(
                    f"{server.log.stem} stopped by itself, so everything was stopped; "
                    f"run again to recover. {ending(server.log)}"
                )
        for program in self.programs:
            self.show_alarms(program)
            if self.children[program.name].poll() is not None:
                self.replace(program)

    def replace(self, program: Program) -> None:
        code = self.children[program.name].returncode
        used = self.restarts.get(program.name, 0)
        if used >= program.restarts:
            raise EmbeddedError(
                f"{program.name} ended (code {code}), so everything was stopped. "
                f"{ending(program.log)}"
            )
        self.say(f"{program.name} ended (code {code}) and is started again; see {program.log}")
        self.restarts[program.name] = used + 1
        self.launch(program)

    def show_alarms(self, program: Program) -> None:
        with program.log.open("rb") as log:
            log.seek(self.shown[program.name])
            fresh = log.read()
        whole = fresh[: fresh.rfind(b"\n") + 1]
        self.shown[program.name] += len(whole)
        for line in whole.decode(errors="replace").splitlines():
            if any(alarm in line for alarm in ALARMS):
                self.say(f"{program.name}: {line}  (more in {program.log})")

    def stop(self) -> None:
        for program in reversed(self.programs):
            if program.name in self.children:
                stop(self.children.pop(program.name), signal.SIGTERM, STOP_PATIENCE)


def ending(log: Path) -> str:
    return f"{log} ends with:\n{last_lines(log)}"
