"""Characters sound as one types them."""

from __future__ import annotations

import pytest
from pypinyin import lazy_pinyin

from knowledge.slips.sounds import readings, sound


def test_every_common_character_sounds_as_the_dictionary_tells() -> None:
    rows = (bytes([row, cell]) for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFA))
    common = [code.decode("gb2312") for code in rows]
    assert len(common) > 3_000
    assert not [c for c in common if lazy_pinyin(c, v_to_u=False)[0] not in readings(c)]


@pytest.mark.parametrize(("char", "syllables"), [("行", ("xing", "hang")), ("需", ("xu",))])
def test_a_second_reading_counts_where_it_is_in_everyday_use(
    char: str, syllables: tuple[str, ...]
) -> None:
    assert readings(char) == syllables


def test_what_is_no_character_sounds_like_itself() -> None:
    assert readings("a") == ("a",)


def test_sounds_that_are_often_mixed_up_are_one() -> None:
    assert sound("张") == sound("赃")
    assert sound("兰") == sound("南")
