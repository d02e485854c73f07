import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from config.embedded import EmbeddedError, processes, testing
from config.embedded.places import ROOT, only_one, try_lock
from config.embedded.ports import first_free, is_free
from config.embedded.postgres import Cluster
from config.embedded.processes import is_running, wait_until
from config.embedded.services import needed
from config.embedded.supervisor import Program, Supervisor
from config.embedded.testing import claim_slot
from config.embedded.valkey import Broker


def program(name: str, script: str, restarts: int = 0) -> Program:
    return Program(f"try-{name}", [sys.executable, "-c", script], restarts)


@pytest.fixture
def said() -> list[str]:
    return []


def supervise(said: list[str], *programs: Program) -> Supervisor:
    for known in programs:
        known.log.unlink(missing_ok=True)
    return Supervisor(list(programs), [], dict(os.environ), said.append)


def ended(supervisor: Supervisor, name: str) -> bool:
    return wait_until(lambda: supervisor.children[name].poll() is not None, 10)


def test_a_program_is_started_anew_as_often_as_it_may_be(said: list[str]) -> None:
    supervisor = supervise(said, program("short", "raise SystemExit(3)", restarts=2))
    supervisor.start()
    for _ in range(2):
        assert ended(supervisor, "try-short")
        supervisor.look()
    assert ended(supervisor, "try-short")
    with pytest.raises(EmbeddedError, match=r"try-short ended \(code 3\), so everything was"):
        supervisor.look()
    assert len(said) == 2
    supervisor.stop()


def test_the_reason_is_shown_when_it_cannot_go_on(said: list[str]) -> None:
    supervisor = supervise(said, program("web", "raise SystemExit('no such port')"))
    supervisor.start()
    with pytest.raises(EmbeddedError, match="no such port"):
        supervisor.watch()
    supervisor.stop()


def test_errors_in_a_log_reach_the_terminal_once(said: list[str]) -> None:
    script = "print('all is well'); print('ERROR the post is late', flush=True); input()"
    supervisor = supervise(
        said, program("loud", script + " if 0 else __import__('time').sleep(60)")
    )
    supervisor.start()
    assert wait_until(lambda: b"late" in supervisor.programs[0].log.read_bytes(), 10)
    supervisor.look()
    supervisor.look()
    assert said == [
        f"try-loud: ERROR the post is late  (more in {supervisor.programs[0].log})",
    ]
    supervisor.stop()


def test_they_stop_in_reverse_order(said: list[str], tmp_path: Path) -> None:
    def noting(name: str) -> Program:
        note = f"open({str(tmp_path / 'order')!r}, 'a').write({name!r})"
        stop = f"lambda *_: ({note}, sys.exit())"
        script = f"import signal, sys, time; signal.signal(signal.SIGTERM, {stop});"
        return program(name, f"{script} print('up', flush=True); time.sleep(60)")

    supervisor = supervise(said, noting("a"), noting("b"), noting("c"))
    supervisor.start()
    for known in supervisor.programs:
        assert wait_until(lambda log=known.log: b"up" in log.read_bytes(), 10)
    supervisor.stop()
    assert (tmp_path / "order").read_text() == "cba"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells the children")
def test_children_die_with_a_killed_supervisor() -> None:
    script = """
import sys, time
from pathlib import Path
from config.embedded.processes import start
child = start([sys.executable, "-c", "import time; time.sleep(60)"], log=Path("/dev/null"))
print(child.pid, flush=True)
time.sleep(60)
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    with parent.stdout:
        child = int(parent.stdout.readline())
    assert is_running(child)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert wait_until(lambda: not is_running(child), 10)


def test_a_second_run_is_told_who_is_first(tmp_path: Path) -> None:
    lock = tmp_path / "run.lock"
    with only_one(lock, "It is running already, as process 7."):
        assert try_lock(lock) is None
        with (
            pytest.raises(EmbeddedError, match=r"^It is running already, as process 7\.$"),
            only_one(lock, "me too"),
        ):
            pass
    free = try_lock(lock)
    assert free is not None
    free.close()


@pytest.mark.parametrize("proc", ["/proc", "/no/such/folder"])
def test_a_zombie_counts_as_dead_with_and_without_a_proc_folder(
    proc: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "PROC", Path(proc))
    child = subprocess.Popen(["sleep", "60"])
    shown = "sleep 60" + (" " if proc == "/proc" else "")
    try:
        assert is_running(child.pid)
        # The kernel lets the parent go on a moment before the new program's arguments can be read.
        assert wait_until(lambda: processes.command_of(child.pid) == shown, 10)
    finally:
        child.kill()
    assert wait_until(lambda: not is_running(child.pid), 10)
    os.kill(child.pid, 0)
    child.wait()
    assert (processes.state_of(child.pid), processes.command_of(child.pid)) == ("", "")


def test_a_program_that_ignores_the_request_is_killed() -> None:
    script = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    deaf = processes.start([sys.executable, "-c", script], log=Path("/dev/null"))
    processes.stop(deaf, signal.SIGTERM, patience=0.2)
    assert deaf.poll() is not None


def test_a_server_that_ends_by_itself_stops_everything(said: list[str], tmp_path: Path) -> None:
    server = Broker("try", tmp_path)
    server.process = subprocess.Popen(["true"])
    server.process.wait()
    with pytest.raises(EmbeddedError, match="try stopped by itself, so everything was stopped"):
        Supervisor([], [server], {}, said.append).look()


def test_a_spoiled_test_cluster_is_made_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    starts: list[Path] = []

    def start(cluster: Cluster) -> None:
        starts.append(cluster.wanted)
        if len(starts) == 1:
            raise EmbeddedError("spoiled")

    monkeypatch.setattr(Cluster, "start", start)
    monkeypatch.setattr(testing, "VAR", tmp_path)
    cluster, lock = claim_slot()
    lock.close()
    assert starts == [cluster.wanted, cluster.wanted] == [tmp_path / "test-postgres-1"] * 2


def test_two_test_runs_have_a_server_each() -> None:
    """This run holds a slot unless it was pointed at a server; the next gets another."""
    first, first_lock = claim_slot()
    second, second_lock = claim_slot()
    assert first.name != second.name
    assert first.sockets != second.sockets
    for cluster, lock in ((first, first_lock), (second, second_lock)):
        cluster.stop()
        lock.close()


def test_servers_named_in_the_environment_are_not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert [server.name for server in needed()] == ["postgres", "valkey"]
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/table")
    assert [server.name for server in needed()] == ["valkey"]
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")
    assert needed() == []


def test_a_taken_port_gives_way_to_the_next_free_one() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not is_free(port)
        assert first_free(port) > port
