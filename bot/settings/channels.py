"""One section a platform that the assistant speaks on."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from bot.settings.fields import AesKey, Secret
from bot.settings.sections import Section


class WeComSettings(Section):
    """A WeCom self-built app, as its administration page shows it (我的企业, 应用管理)."""

    corp_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{4,64}$")]
    agent_id: Annotated[int, Field(ge=1)]
    token: Secret
    aes_key: AesKey
    previous_aes_key: AesKey | None = None
    secret: Secret | None = None
