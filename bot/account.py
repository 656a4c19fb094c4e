"""Who sits at this machine."""

from __future__ import annotations

import getpass


def account() -> str:
    """The name of the account; ``local`` in a container without names for its users."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "local"


def actor() -> str:
    """As the audit log knows them, apart from who writes in chat."""
    return f"cli:{account()}"
