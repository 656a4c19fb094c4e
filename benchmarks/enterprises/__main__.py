"""`python -m benchmarks.enterprises`: the share of simulated enterprises whose entry is right."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from benchmarks.enterprises.dialogue import dialogues
from benchmarks.enterprises.file import read
from benchmarks.enterprises.playing import Played, play, shown
from knowledge.load import load_knowledge, shipped_dir


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.enterprises", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, default=500, help="how many dialogues")
    parser.add_argument("--misses", type=int, default=20, help="how many misses are shown")
    parser.add_argument("--print", action="store_true", help="print the dialogues as JSON lines")
    parser.add_argument("--file", type=Path, help="play the dialogues of a JSON-lines file instead")
    args = parser.parse_args()
    said = read(args.file) if args.file else dialogues(args.seed, args.number)
    if args.print:
        for one in said:
            print(json.dumps(asdict(one), ensure_ascii=False))
        return
    kb = load_knowledge(shipped_dir())
    _report([play(one, kb) for one in said], args.misses)


def _report(played: list[Played], misses: int) -> None:
    wrong = [one for one in played if one.misses]
    for one in wrong[:misses]:
        print(shown(one))
    by_slot = Counter(miss.slot for one in wrong for miss in one.misses)
    slots = sum(one.slots for one in played)
    missed = sum(by_slot.values())
    print(f"dialogues: {len(played)}, all slots right: {1 - len(wrong) / len(played):.1%}")
    print(f"slots: {slots}, right: {1 - missed / slots:.2%}")
    print("missed:", ", ".join(f"{slot} {n}" for slot, n in by_slot.most_common()) or "nothing")
    print("dialogues with misses:", " ".join(one.dialogue.id for one in wrong) or "none")


if __name__ == "__main__":
    main()
