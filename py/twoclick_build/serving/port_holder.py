"""Who holds a port on this machine."""

import http.client
import shutil
import subprocess
from pathlib import Path

from twoclick_build.serving.server import PRODUCT

_LISTENING = "0A"
"""The state "listen" in /proc/net/tcp."""

_PROBE_SECONDS = 2.0


def taken_port_text(host: str, port: int) -> str:
    """What holds the port, and what to do about it."""
    holder = _process_holding(port) or "another program"
    if _is_twoclick(host, port):
        return (
            f"Twoclick is being served at http://{host}:{port} already (by {holder}): "
            f"open it there.\n"
            f"To serve from here instead, stop that one first (Ctrl+C in its terminal)."
        )
    return (
        f"Port {port} is taken by {holder}.\n"
        f"Stop it, or serve elsewhere with: python3 build.py serve --port {port + 1}\n"
        f"Projects belong to the address: those made at http://{host}:{port} are only there."
    )


def _is_twoclick(host: str, port: int) -> bool:
    """Whether what answers on the port names itself as this server does."""
    connection = http.client.HTTPConnection(host, port, timeout=_PROBE_SECONDS)
    try:
        connection.request("HEAD", "/")
        return connection.getresponse().headers.get("Server", "").startswith(PRODUCT)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _process_holding(port: int) -> str | None:
    """ "python3 (process 4711)" where the system lets us see it."""
    if Path("/proc/net/tcp").exists():
        return _by_proc(port)
    return _by_lsof(port) if shutil.which("lsof") else None


def _by_proc(port: int) -> str | None:
    sockets = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if any(str(entry.readlink()) in sockets for entry in (folder / "fd").iterdir()):
                name = (folder / "comm").read_text(encoding="utf-8").strip()
                return f"{name} (process {folder.name})"
        except OSError:
            continue  # ended meanwhile, or another person's
    return None


def _listening_inodes(port: int) -> list[str]:
    inodes = []
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        lines = table.read_text(encoding="ascii").splitlines()[1:] if table.exists() else []
        for fields in (line.split() for line in lines):
            local, state, inode = fields[1], fields[3], fields[9]
            if state == _LISTENING and int(local.rpartition(":")[2], 16) == port:
                inodes.append(inode)
    return inodes


def _by_lsof(port: int) -> str | None:
    run = subprocess.run(
        ["lsof", "-nP", f"-iTCP:{port}", "-sTCP:LISTEN", "-Fpc"],
        capture_output=True,
        text=True,
        check=False,
    )
    fields = {line[:1]: line[1:] for line in run.stdout.splitlines()}
    return f"{fields['c']} (process {fields['p']})" if {"c", "p"} <= fields.keys() else None
