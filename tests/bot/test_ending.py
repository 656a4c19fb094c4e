"""A server that is told to end does so, whatever it is at."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

WARMS_FOR_EVER = """
import sys, threading
from bot import app
from bot.serve import serve
from bot.settings import Settings

def warming(*_given):
    def warm():
        print("warming", flush=True)
        threading.Event().wait()
    return warm

app.warming = warming
serve(Settings(database=sys.argv[1], port=0))
print("ended", flush=True)
"""


def test_a_server_that_is_still_warming_ends_when_it_is_told(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'zhixing.db'}"
    command = [sys.executable, "-c", WARMS_FOR_EVER, database]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        for line in server.stdout:
            if line == "warming\n":
                break
        server.send_signal(signal.SIGTERM)
        said, _ = server.communicate(timeout=60)
    assert server.returncode == 0
    assert said.endswith("ended\n")
