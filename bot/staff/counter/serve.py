"""A staff member's message: a command that is done here, or something that anybody may say."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from intents.conversation import Conversation
from intents.turn import Turn
from knowledge.snapshot import KnowledgeBase
from storage.staff import StaffRow


async def serve(
    conn: AsyncConnection,
    kb: KnowledgeBase,
    staff: StaffRow,
    text: str,
    now: datetime,
    talk: Conversation,
    drafts: Path | None = None,
) -> Turn | None:
    """None where it is no command of staff's: then it is answered like anybody's message."""
    return None
