"""The store's tests run on SQLite and, where the server's binaries are, on PostgreSQL."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from p2kp_desktop import environment
from p2kp_desktop.store import create, node


def _binaries() -> Path | None:
    if os.name != "posix":  # wine shows those of the machine that it runs on
        return None
    found = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")))
    initdb = found[-1] if found else shutil.which("initdb")
    return Path(initdb).parent if initdb else None


@pytest.fixture(scope="session")
def server():
    """Start a PostgreSQL server of our own on a free port and give its address."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL's server binaries are not on this machine")
    as_user = ["runuser", "-u", "postgres", "--"] if getpass.getuser() == "root" else []
    with tempfile.TemporaryDirectory(prefix="p2kp-pg-") as folder:
        if as_user:
            shutil.chown(folder, "postgres")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        cluster = f"{folder}/cluster"
        run = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
        subprocess.run([*as_user, binaries / "initdb", "-D", cluster, "-A", "trust", "-U", "p2kp", "-E", "UTF8"], **run)
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_wal_size=64MB"
        subprocess.run([*as_user, binaries / "pg_ctl", "-D", cluster, "-o", options, "-w", "start"], **run)
        try:
            yield f"postgresql://p2kp@127.0.0.1:{port}"
        finally:
            subprocess.run([*as_user, binaries / "pg_ctl", "-D", cluster, "-m", "immediate", "-w", "stop"], **run)


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request, tmp_path):
    """Give where a workspace can be made: a file, and a database of a server."""
    if request.param == "sqlite":
        yield str(tmp_path / "a.p2kp")
        return
    server = request.getfixturevalue("server")
    name = f"t{abs(hash(str(tmp_path)))}"
    _tell(server, f"CREATE DATABASE {name}")
    yield f"{server}/{name}"
    _tell(server, f"DROP DATABASE {name} WITH (FORCE)")  # the files of all of them would be a gigabyte


def _tell(server: str, command: str) -> None:
    engine = sa.create_engine(f"{server}/postgres".replace("postgresql", "postgresql+psycopg", 1))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(command)
    engine.dispose()


@pytest.fixture
def workspace(location):
    """Give an empty workspace on either kind of database."""
    identity = node.fresh()
    noted = {
        **identity, "name": "Siti", "role": "facilitator", "person": "Siti", "regions": "16.71.01.1001",
        "period": "2026", "made": environment.now(),
    }
    with create(location, noted) as made:
        node.enlist(identity, location)
        yield made
