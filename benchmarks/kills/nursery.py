"""`python -m benchmarks.kills.nursery [--hurried] ARGS`: `zhixing ARGS` with each line of stdin.

What a start costs is nearly all imports and the shipped notices: they are loaded once, and each
server is a fork. Its pid is printed; all ends with stdin.
"""

from __future__ import annotations

import faulthandler
import functools
import gc
import os
import signal
import sys
from importlib import import_module

from benchmarks.kills import doomed
from benchmarks.kills.signs import HURRIED, TELL
from bot import start
from bot.settings import load_settings
from bot.warm import warm
from intents.respond import respond
from knowledge.load import load_knowledge


def main() -> None:
    for module in ("bot.app", "bot.commands.serve"):
        import_module(module)
    setattr(start, "load_knowledge", functools.cache(load_knowledge))  # noqa: B010
    settings = load_settings()
    warm(start.knowledge_of(settings), respond, start.clock_of(settings)())
    faulthandler.register(TELL, all_threads=True)
    doomed.arm()
    argv = sys.argv[1:]
    if argv[0] == HURRIED:
        doomed.hurry()
        del argv[0]
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended
    gc.collect()
    gc.freeze()
    print("ready", flush=True)
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(2, 1)
            doomed.quick_births()
            doomed.run(argv)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
