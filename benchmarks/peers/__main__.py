"""`python -m benchmarks.peers`: WeRoBot, NoneBot2 and opsdroid beside us, one load after another.

Each is installed into build/peers; a row that cannot be had says why.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.load import LoadError, exchange
from benchmarks.machine import cpu_seconds, facts
from benchmarks.servers import ServerError, environment, running
from tests.platform.wecom import WeComPlatform
from tests.platform.weixin_account import WeixinAccount

ROOT = Path(__file__).parents[2]
PEERS = {
    "werobot_sqlite": ("WeRoBot==1.13.1", "waitress", "flask"),
    "nonebot_matchers": ("nonebot2[fastapi]==2.5.0", "nonebot-adapter-wxmp==0.1.8"),
    "opsdroid_rules": ("opsdroid==0.31.0", "aiohttp", "setuptools<80"),
}
_START, _PORT = 60.0, 18_997


def _python(name: str) -> Path:
    """Of the peer's environment, made where it is not there. Raises CalledProcessError."""
    place = ROOT / "build" / "peers" / name
    if not (place / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", *PEERS[name]]
        subprocess.run(pip, check=True, capture_output=True, timeout=600)
        (place / "installed").touch()
    return place / "bin" / "python"


def _requests(port: int, count: int) -> list[bytes]:
    account, at = WeixinAccount(mode="plain"), int(time.time())
    made = []
    for number in range(count):
        one = account.message(f"o{number % 200}", at, "text", Content=f"需求清单{number}")
        head = (
            f"POST {one.at('/wechat')} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Content-Type: text/xml\r\nContent-Length: {len(one.body)}\r\n\r\n"
        )
        made.append(head.encode() + one.body)
    return made


def _row(name: str, pid: int, port: int, count: int) -> str:
    exchange(port, _requests(port, max(count // 10, 1)), 1)
    before = cpu_seconds(pid)
    seconds, bodies = exchange(port, _requests(port, count), 4)
    spent = (cpu_seconds(pid) - before) * 1000 / count
    bad = sum(not body for body in bodies)
    return f"| {name} | {count / seconds:,.0f}/s | {spent:.2f} ms | {bad} unanswered |"


def _peer(name: str, count: int, folder: Path) -> str:
    script = Path(__file__).parent / "servers" / f"{name}.py"
    process = subprocess.Popen([str(_python(name)), str(script), str(_PORT)], cwd=folder)
    try:
        ends = time.monotonic() + _START
        while time.monotonic() < ends and process.poll() is None:
            try:
                return _row(name, process.pid, _PORT, count)
            except OSError:
                time.sleep(0.5)
        raise LoadError("it did not start")
    finally:
        process.kill()
        process.wait()


def _ours(count: int, folder: Path) -> str:
    env = environment(folder, WeComPlatform()) | {
        "ZHIXING_WECHAT__APP_ID": WeixinAccount().app_id,
        "ZHIXING_WECHAT__TOKEN": WeixinAccount().token,
        "ZHIXING_WECHAT__MODE": "plain",
    }
    with running("bot", "serve", directory=folder, env=env) as server:
        return _row("zhixing", server.pid, server.port, count)


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description=__doc__)
    parser.add_argument("--messages", type=int, default=500)
    args = parser.parse_args()
    print(f"{facts()}\n", flush=True)
    for name in ("zhixing", *PEERS):
        with TemporaryDirectory() as folder:
            try:
                of = _ours if name == "zhixing" else None
                row = of(args.messages, Path(folder)) if of else ""
                print(row or _peer(name, args.messages, Path(folder)), flush=True)
            except (LoadError, ServerError, OSError, subprocess.SubprocessError) as error:
                print(f"| {name} | not run: {str(error).splitlines()[0]} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
