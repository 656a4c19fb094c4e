"""What admins read about revisions."""

from __future__ import annotations

AT_FIRST_START = "首次启动时的知识库"
