"""nginx before some processes, with the configuration that is shipped; on this machine only, and without TLS."""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path

from benchmarks.generate import ROOT
from benchmarks.servers import free_port, wait_for

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
SHIPPED = ROOT / "deploy" / "nginx.conf"
AROUND = """
daemon off;
user {user};
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 2048; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include site.conf;
}}
"""
"""As in Debian, where the file of a site is read in the http part."""


def configured(folder: Path, ports: Sequence[int], listen: str) -> list[str]:
    """Write the shipped configuration for processes at these ports into a folder; return the command that runs it."""
    folder.mkdir(parents=True)
    shutil.copyfile(SHIPPED, folder / "site.conf")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=getuser()), "utf-8")
    (folder / "listen.conf").write_text(listen, "utf-8")
    servers = (f"server 127.0.0.1:{one} max_fails=1 fail_timeout=5s;\n" for one in ports)
    (folder / "upstream.conf").write_text("".join(servers), "utf-8")
    return [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]


@contextmanager
def behind_nginx(ports: Sequence[int], folder: Path, port: int = 0) -> Iterator[str]:
    """Yield the address of a proxy before the processes at these ports, once one of them answers through it.

    It listens at `port`, or at a free one. Its files go into `folder`, which is made.
    """
    port = port or free_port()
    command = configured(folder, ports, f"server_name localhost;\nlisten 127.0.0.1:{port};\n")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"127.0.0.1:{port}"
        finally:
            # Not to its workers, which end with it.
            process.terminate()
            process.wait(10)
