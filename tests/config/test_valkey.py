import os
import signal

import pytest

from config.embedded import EmbeddedError, binaries
from config.embedded.processes import is_running
from config.embedded.valkey import Broker


def pid_of(broker: Broker) -> int:
    assert broker.process is not None
    return broker.process.pid


def test_what_is_written_survives_kill_9(broker: Broker) -> None:
    broker.start()
    with broker.client() as client:
        client.set("kept", "yes")
        assert client.waitaof(1, 0, 2000) == [1, 0]
    os.kill(pid_of(broker), signal.SIGKILL)
    following = Broker(broker.name, broker.data)
    following.start()
    with following.client() as client:
        assert client.get("kept") == b"yes"
    following.stop()


def test_a_server_whose_supervisor_is_gone_is_replaced(broker: Broker) -> None:
    broker.start()
    orphan = pid_of(broker)
    following = Broker(broker.name, broker.data)
    following.start()
    assert not is_running(orphan)
    assert following.answers()
    following.stop()


def test_a_spoiled_file_is_set_aside_because_postgres_knows_what_is_owed(broker: Broker) -> None:
    broker.start()
    broker.stop()
    for file in (broker.data / "appendonlydir").iterdir():
        file.write_text("no such format\n")
    broker.start()
    assert broker.answers()
    assert broker.data.with_name("valkey.broken-1").is_dir()


def test_only_its_owner_reaches_the_socket(broker: Broker) -> None:
    broker.start()
    assert broker.socket.stat().st_mode & 0o777 == 0o700
    with broker.client() as client:
        assert client.config_get("port") == {"port": "0"}
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_it_says_why_it_cannot_start(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.embedded.valkey.valkey_program", lambda: "/bin/false")
    with pytest.raises(EmbeddedError, match="Valkey did not start"):
        broker.start()


def test_a_folder_named_in_the_environment_must_hold_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VALKEY_BIN", "/nowhere")
    with pytest.raises(EmbeddedError, match=r"No embedded Valkey in /nowhere \(VALKEY_BIN\)"):
        binaries.valkey_program()
