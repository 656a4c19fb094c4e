"""What `zhixing doctor` says in the end."""

from __future__ import annotations


def examined(wrong: int) -> str:
    return f"有 {wrong} 处需要处理。" if wrong else "没有发现问题。"


def told(what: str, mend: str) -> str:
    """A finding and what to do about it."""
    return f"{what}。{mend}" if mend else what
