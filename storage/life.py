"""The life of a demand: its statuses, and the steps that lead from one to another."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Status = Literal["draft", "submitted", "accepted", "returned", "matched", "closed", "cancelled"]

Step = Literal[
    "submit", "accept", "return", "match", "close", "cancel", "transfer", "reply", "note"
]
"""What is done to a demand: 提交, 受理, 退回, 匹配, 办结, 取消, 转办, 回复, 记事."""

OVER: frozenset[Status] = frozenset({"closed", "cancelled"})
EDITABLE: frozenset[Status] = frozenset({"draft", "submitted", "returned"})
"""The enterprise may still change the entry: staff have not taken it up."""

_LIVE: frozenset[Status] = frozenset({"submitted", "accepted", "returned", "matched"})

FROM: Mapping[Step, frozenset[Status]] = MappingProxyType(
    {
        "submit": EDITABLE | {"cancelled"},
        "accept": frozenset({"submitted", "returned"}),
        "return": frozenset({"submitted", "accepted"}),
        "match": frozenset({"accepted", "matched"}),
        "close": frozenset({"accepted", "matched"}),
        "cancel": _LIVE | {"draft"},
        "transfer": _LIVE,
        "reply": _LIVE | {"closed"},
        "note": _LIVE | OVER,
    }
)
"""The statuses in which each step may be done."""

_LEADS_TO: Mapping[Step, Status] = MappingProxyType(
    {
        "submit": "submitted",
        "accept": "accepted",
        "return": "returned",
        "match": "matched",
        "close": "closed",
        "cancel": "cancelled",
    }
)


def after(step: Step, status: Status) -> Status:
    """The status to which `step` leads from `status`; the same where it only adds to the record.

    Raises ValueError where it may not be done.
    """
    if status not in FROM[step]:
        raise ValueError(f"{step} is not for what is {status}")
    return _LEADS_TO.get(step, status)
