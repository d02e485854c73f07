"""The embedded Postgres comes back from everything short of a lost disk, with its data."""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from psycopg2.errors import InsufficientPrivilege

from config.embedded import EmbeddedError, account, binaries, leftovers
from config.embedded.account import server_owner
from config.embedded.places import Owner, private_folder, socket_folder
from config.embedded.postgres import DATABASE, OWNER_ROLE, PRODUCT_ROLE, Cluster, make_cluster
from config.embedded.processes import is_running, wait_until

Rows = list[tuple[object, ...]]


def ask(cluster: Cluster, role: str, statement: str) -> Rows:
    connection = psycopg2.connect(host=str(cluster.sockets), user=role, dbname=DATABASE)
    with closing(connection), connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def start_with_a_row(cluster: Cluster) -> int:
    cluster.start()
    ask(cluster, OWNER_ROLE, "CREATE TABLE kept AS SELECT 1 AS number")
    assert cluster.process is not None
    return cluster.process.pid


def rows(cluster: Cluster) -> Rows:
    return ask(cluster, OWNER_ROLE, "SELECT number FROM kept")


def another(cluster: Cluster) -> Cluster:
    """What the next run makes of the same folder."""
    return Cluster(cluster.name, cluster.wanted)


def test_a_second_start_keeps_the_data(cluster: Cluster) -> None:
    start_with_a_row(cluster)
    cluster.stop()
    cluster.start()
    assert rows(cluster) == [(1,)]


def test_it_recovers_from_kill_9_while_the_dead_server_is_a_zombie(cluster: Cluster) -> None:
    pid = start_with_a_row(cluster)
    os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: not is_running(pid), 10)
    # Not reaped yet, so its number still answers, and its files still name it.
    os.kill(pid, 0)
    assert (cluster.data / "postmaster.pid").exists()
    following = another(cluster)
    following.start()
    assert rows(following) == [(1,)]
    following.stop()


@pytest.mark.parametrize(
    "content",
    ["", "\n", f"{os.getpid()}\n/somewhere/else\n"],
    ids=["empty", "no number", "somebody else's"],
)
def test_it_recovers_from_a_power_cut(cluster: Cluster, content: str) -> None:
    """The file is empty, or its number belongs to somebody else by now: to us, here."""
    pid = start_with_a_row(cluster)
    os.kill(pid, signal.SIGKILL)
    assert cluster.process is not None
    cluster.process.wait()
    (cluster.data / "postmaster.pid").write_text(content)
    (cluster.sockets / ".s.PGSQL.5432.lock").write_text(content)
    following = another(cluster)
    following.start()
    assert rows(following) == [(1,)]
    following.stop()


def test_it_stops_a_server_whose_supervisor_is_gone(cluster: Cluster) -> None:
    orphan = start_with_a_row(cluster)
    following = another(cluster)
    following.start()
    assert not is_running(orphan)
    assert rows(following) == [(1,)]
    following.stop()


def test_an_interrupted_initdb_leaves_nothing_in_the_way(cluster: Cluster) -> None:
    shutil.rmtree(cluster.wanted)
    half = cluster.wanted.with_name("postgres.making-1")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    cluster.start()
    assert ask(cluster, OWNER_ROLE, "SELECT 1") == [(1,)]
    assert not half.exists()


def test_a_folder_that_holds_no_cluster_is_set_aside(cluster: Cluster) -> None:
    shutil.rmtree(cluster.wanted)
    cluster.wanted.mkdir()
    (cluster.wanted / "something").write_text("of yours")
    cluster.start()
    aside = cluster.wanted.with_name("postgres.broken-1")
    assert (aside / "something").read_text() == "of yours"


def test_another_version_is_refused_with_the_way_out(cluster: Cluster) -> None:
    (cluster.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(EmbeddedError, match="was made by Postgres 9 .*POSTGRES_BIN"):
        cluster.start()


def test_a_server_that_cannot_start_says_why(cluster: Cluster) -> None:
    (cluster.data / "postgresql.conf").write_text("shared_buffers = lots\n")
    with pytest.raises(EmbeddedError, match="invalid value for parameter"):
        cluster.start()
    assert cluster.process is None


def test_the_products_role_owns_nothing_and_may_create_nothing(cluster: Cluster) -> None:
    cluster.start()
    flags = "rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolcanlogin"
    statement = f"SELECT {flags} FROM pg_roles WHERE rolname = current_user"
    assert ask(cluster, PRODUCT_ROLE, statement) == [(False, False, False, False, True)]
    with pytest.raises(InsufficientPrivilege):
        ask(cluster, PRODUCT_ROLE, "CREATE TABLE mine (number int)")


def test_only_a_careless_cluster_lets_its_owner_create_databases(cluster: Cluster) -> None:
    statement = "SELECT rolcreatedb, rolsuper FROM pg_roles WHERE rolname = current_user"
    cluster.start()
    assert ask(cluster, OWNER_ROLE, statement) == [(False, False)]
    assert ask(cluster, OWNER_ROLE, "SHOW fsync") == [("on",)]
    cluster.stop()
    careless = Cluster(cluster.name, cluster.wanted, careless=True)
    careless.start()
    assert ask(careless, OWNER_ROLE, statement) == [(True, False)]
    assert ask(careless, OWNER_ROLE, "SHOW fsync") == [("off",)]
    careless.stop()


def test_nothing_listens_beyond_the_socket(cluster: Cluster) -> None:
    cluster.start()
    assert ask(cluster, OWNER_ROLE, "SHOW listen_addresses") == [("",)]
    assert cluster.sockets.stat().st_mode & 0o777 == 0o700
    assert cluster.data.stat().st_mode & 0o777 == 0o700


def test_programs_named_in_the_environment_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = binaries.newest_postgres_in_wheel()
    monkeypatch.setenv("POSTGRES_BIN", str(wheel))
    assert binaries.postgres_programs(Owner()) == wheel
    monkeypatch.setenv("POSTGRES_BIN", "/nowhere")
    with pytest.raises(EmbeddedError, match="no postgres program in /nowhere"):
        binaries.postgres_programs(Owner())


def test_no_wheel_for_this_platform_names_the_compose_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "package_folder", lambda name: None)
    with pytest.raises(EmbeddedError, match="docker-compose.yml"):
        binaries.newest_postgres_in_wheel()
    with pytest.raises(EmbeddedError, match="docker-compose.yml"):
        binaries.valkey_program()


def test_programs_out_of_reach_are_copied_with_their_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for root with a private home: the first copy is made, a spoiled one is made anew."""
    if server_owner().uid is None:
        monkeypatch.setattr(binaries, "can_run", lambda command, owner: runs(command))
    else:
        tmp_path = Path(tempfile.mkdtemp())
        tmp_path.chmod(0o755)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    wheel = binaries.newest_postgres_in_wheel()
    copy = binaries.copied_for(server_owner(), wheel)
    assert tmp_path in copy.parents
    (copy / "postgres").unlink()
    assert binaries.copied_for(server_owner(), wheel) == copy
    assert runs([copy / "initdb", "--version"])


def runs(command: list[str | Path]) -> bool:
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def test_data_out_of_reach_goes_where_the_servers_user_can_enter(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "can_enter", lambda place, owner: False)
    monkeypatch.setattr(account, "SHARED_DATA", folder / "lib")
    chosen = account.data_folder(folder / "postgres", Owner(65534, 65534))
    assert chosen.name == "postgres"
    assert chosen.parent.parent == folder / "lib"
    assert chosen.parent.stat().st_mode & 0o777 == 0o755


def test_somebody_elses_socket_folder_is_refused(folder: Path) -> None:
    (folder / "real").mkdir()
    (folder / "link").symlink_to(folder / "real")
    with pytest.raises(EmbeddedError, match="belongs to somebody else"):
        private_folder(folder / "link", Owner())


def test_processes_that_will_not_end_are_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leftovers, "STOP_PATIENCE", 0.0)
    monkeypatch.setattr(leftovers, "working_on", lambda data: {7})
    with pytest.raises(EmbeddedError, match=r"Processes \[7\] still work on"):
        leftovers.clear(folder, folder)


def test_initdb_that_fails_says_why(folder: Path, cluster: Cluster) -> None:
    programs = folder / "bin"
    programs.mkdir()
    (programs / "initdb").write_text("#!/bin/sh\necho 'the disk is full' >&2; exit 1\n")
    (programs / "initdb").chmod(0o755)
    with pytest.raises(EmbeddedError, match="the disk is full"):
        make_cluster(programs, folder / "other", cluster.owner)


def test_a_project_too_deep_for_a_socket_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EmbeddedError, match="too long a path for a socket"):
        socket_folder("n" * 90)
