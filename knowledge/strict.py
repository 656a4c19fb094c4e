"""What all models of YAML share."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]

ON_TRUST = "on trust"
"""The context of what was checked before: what takes long to check is not checked again."""


class Strict(BaseModel):
    """Frozen and closed: a key that the model does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
