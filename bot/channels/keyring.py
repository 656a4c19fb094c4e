"""The keys of a callback, as a section of the settings holds them."""

from __future__ import annotations

from typing import Protocol

from pydantic import SecretStr

from bot.channels.envelope import Keyring


class Keyed(Protocol):
    """What its mode has no use for may be left out of a section."""

    @property
    def token(self) -> SecretStr | None: ...
    @property
    def aes_key(self) -> SecretStr | None: ...
    @property
    def previous_aes_key(self) -> SecretStr | None: ...


def keyring(section: Keyed, receive_id: str) -> Keyring:
    """Raises ValueError without a token."""
    given = (section.aes_key, section.previous_aes_key)
    return Keyring.of(
        section.token.get_secret_value() if section.token else "",
        receive_id,
        *(key.get_secret_value() for key in given if key),
    )
