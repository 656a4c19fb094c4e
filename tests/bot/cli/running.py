"""A command that was run, what it printed, and what is said to it in several tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
QUESTION = "2021年万里行的总结几号交"


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The lines of the output, each read as JSON."""
        return [json.loads(line) for line in self.out.splitlines()]

    def is_refused(self) -> str:
        """The one line that says what is wrong, where the command ended as bad input must."""
        assert self.status == 2
        assert self.err.count("\n") == 1
        assert self.err.endswith("\n")
        assert "Traceback" not in self.err
        return self.err


Run = Callable[..., Ran]


def as_bytes(stdin: str | bytes | Iterable[dict[str, Any]]) -> bytes:
    if isinstance(stdin, bytes):
        return stdin
    if isinstance(stdin, str):
        return stdin.encode()
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in stdin).encode()


def process(*argv: str, stdin: str, cwd: Path) -> Ran:
    """The command as it is run from a shell."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ZHIXING_")}
    done = subprocess.run(
        [sys.executable, "-m", "bot", *argv],
        input=stdin.encode(),
        capture_output=True,
        cwd=cwd,
        env=environment | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def said(text: str, at: str, id_: str | int | None = None, user: str = "u1") -> dict[str, Any]:
    row: dict[str, Any] = {"user": user, "text": text, "at": at}
    return row if id_ is None else row | {"id": id_}


NEED = [
    said("想报个需求", "2021-05-10T09:00:00"),
    said("三明示例木业有限公司", "2021-05-10T09:01:00"),
    said("我叫陈一，手机13900000001", "2021-05-13T15:00:00"),
    said("没有邮箱", "2021-05-13T15:01:00+08:00"),
    said("想找人把我们的实用新型转让出去，手上有三件", "2021-05-20T08:00:00Z"),
    said("嗯对，转移转化那个", "2021-05-20T08:01:00Z"),
    said("不用国家局", "2021-05-20T08:02:00Z"),
    said("没错，提交", "2021-05-20T08:03:00Z"),
]


def listed(run: Run, database: str) -> list[dict[str, Any]]:
    ran = run("demand", "list", "--json", "--database", database)
    assert (ran.status, ran.err) == (0, "")
    demands: list[dict[str, Any]] = json.loads(ran.out)
    return demands
