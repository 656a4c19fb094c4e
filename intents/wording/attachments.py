"""What is said of a picture or a file that came, and of those that were sent before a demand."""

from __future__ import annotations

from collections.abc import Sequence

from intents.turn import Attachment
from intents.wording.handover import KINDS


def added(attachment: Attachment, number: int) -> str:
    return f"收到{_named(attachment)}，已附在需求{number}上。"


def will_be_added(attachment: Attachment) -> str:
    """A form is open of which nothing personal may be kept yet."""
    return f"收到{_named(attachment)}，会附在这份需求上。"


def kept(attachment: Attachment) -> str:
    return (
        f"收到{_named(attachment)}，先替您留着。请说说您的需要，或发“登记需求”，我会附在需求上；"
        "想问通知，直接打字就行。"
    )


def no_more_kept(count: int) -> str:
    return f"已经替您留着{count}个图片或文件，这个没有留下。请先发“登记需求”，把它们附上。"


def kept_added(count: int, number: int) -> str:
    """Those that were sent before go with the demand that has now begun."""
    return f"您之前发的{count}个图片或文件已附在需求{number}上。"


def _named(attachment: Attachment) -> str:
    kind = KINDS[attachment.kind]
    return f"{kind}“{attachment.name}”" if attachment.name else kind


def listed(attachments: Sequence[tuple[str, str]]) -> str:
    """For staff: the kind and the name of each file that goes with a demand."""
    shown = "、".join(name or KINDS.get(kind, kind) for kind, name in attachments)
    return f"附件{len(attachments)}个：{shown}"
