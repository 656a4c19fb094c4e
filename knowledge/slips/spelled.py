"""Pinyin without tones read as characters: a word of a sentence, or the whole of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from knowledge.slips.candidates import Candidates, Meant, keys_of
from knowledge.slips.everyday import syllables
from knowledge.slips.lexemes import LONGEST
from knowledge.slips.phrases import EDGE, FIGURE
from knowledge.slips.row import Row
from knowledge.slips.vocabulary import Vocabulary

LATIN = re.compile("[a-z]+")
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_LONGEST_SPELLED = 30
# What a word in Latin letters costs as it stands: a known one, one that is found inside others,
# each letter of another, and each letter where all around is pinyin.
_KNOWN, _INSIDE, _LETTER, _STRANGE = 3.0, 5.0, 3.5, 8.0
_SHORTEST = 3
# So many letters that all make syllables are a message in pinyin.
_WHOLE = 6
# Counted, these syllables are units: 6yue25ri. Before a figure, these words: di 8 xiang.
_UNITS = {
    "nian": "年", "yue": "月", "ri": "日", "hao": "号", "ge": "个", "xiang": "项", "tian": "天",
    "wan": "万", "yi": "亿", "jia": "家", "tiao": "条", "zhou": "周", "dian": "点", "fen": "份",
    "nianqian": "年前", "yueqian": "月前", "yuedi": "月底", "niandi": "年底", "niandu": "年度",
    "haowen": "号文", "haoqian": "号前",
}  # fmt: skip
_NUMERALS = "一二三四五六七八九十几"
_COUNTING = {"di": "第", "fujian": "附件", "renwu": "任务", "renwudi": "任务第"}
_UNIT = 2.0
_MONTHS = {
    f"{sound}yue": f"{numeral}月"
    for numeral, sound in {
        "一": "yi", "二": "er", "三": "san", "四": "si", "五": "wu", "六": "liu", "七": "qi",
        "八": "ba", "九": "jiu", "十": "shi", "十一": "shiyi", "十二": "shier",
    }.items()
}  # fmt: skip
_MONTH = 7.0


class Spelled:
    """Reads stretches that have Latin letters in them."""

    def __init__(self, vocabulary: Vocabulary, candidates: Candidates) -> None:
        self._vocabulary = vocabulary
        self._candidates = candidates

    def is_whole(self, text: str) -> bool:
        """Whether all of a message, or of a stretch of it, is pinyin."""
        return sum(map(len, LATIN.findall(text))) >= _WHOLE and self._is_pinyin(text)

    def read(
        self, text: str, kept: frozenset[int], before: bool, after: bool, whole: bool = False
    ) -> str:
        """`text` in characters where it is pinyin; whether a figure stands before and after it,
        and whether the `whole` message is known to be pinyin."""
        row = Row(text, self._vocabulary.phrases, FIGURE if before else EDGE)
        closed = _closed(text)
        whole = whole or self.is_whole(text)
        for i, char in enumerate(text):
            if not row.open[i]:
                continue
            if char == " ":
                row.open[i + 1] = True
                continue
            if char.isascii():
                self._as_it_stands(row, i, whole)
            else:
                for j, cost in self._vocabulary.lexemes.from_(text, i):
                    row.offer(i, j, text[i:j], cost)
            if i not in kept:
                counted = before if i == 0 else text[i - 1] in _NUMERALS
                self._spelled(row, i, closed, counted, after)
        row.solve(FIGURE if after else EDGE)
        return row.read()

    def _is_pinyin(self, text: str) -> bool:
        """Whether all Latin words, but for known ones, are made of syllables."""
        return all(
            is_spelled(word) or word in self._vocabulary.latin or self._holds_known(word)
            for word in LATIN.findall(text)
        )

    def _holds_known(self, word: str) -> bool:
        return any(known in word for known in self._strangers)

    @cached_property
    def _strangers(self) -> frozenset[str]:
        return frozenset(
            w for w in self._vocabulary.latin if len(w) >= _SHORTEST and not is_spelled(w)
        )

    def _as_it_stands(self, row: Row, i: int, whole: bool) -> None:
        text = row.text
        match = LATIN.match(text, i)
        if match is None:
            return
        for known in self._strangers if whole else ():
            if text.startswith(known, i):
                row.offer(i, i + len(known), known, _INSIDE)
        if whole:
            row.offer(i, i + 1, text[i], _STRANGE)
        if i and text[i - 1].isascii() and text[i - 1] != " ":
            return
        word = match[0]
        known_word = word in self._vocabulary.latin or len(word) < _SHORTEST
        if not (whole and is_spelled(word)):
            row.offer(i, match.end(), word, _KNOWN if known_word else _LETTER * len(word))

    def _spelled(self, row: Row, i: int, closed: frozenset[int], before: bool, after: bool) -> None:
        text = row.text
        end = len(text.rstrip(" "))
        key = ""
        for j in range(i + 1, min(i + _LONGEST_SPELLED, len(text)) + 1):
            char = text[j - 1]
            if char == " ":
                continue
            key += char
            if j in closed:
                continue
            if before and key in _UNITS:
                row.offer(i, j, _UNITS[key], _UNIT)
            if key in _MONTHS:
                row.offer(i, j, _MONTHS[key], _MONTH)
            if after and j == end and key in _COUNTING:
                row.offer(i, j, _COUNTING[key], _UNIT)
            if key.isascii():
                found = self._candidates.spelled(key)
            elif LATIN.search(key) and len(key) <= 2 * LONGEST:
                found = self._mixed(key)
            else:
                continue
            for word, cost, slip in found:
                row.offer(i, j, word, cost, slip)

    def _mixed(self, key: str) -> Iterator[Meant]:
        """Words that were typed partly in pinyin."""
        typed = _CHINESE.findall(key)
        for spelled in keys_of(key):
            for word, cost, slip in self._candidates.spelled(spelled):
                if len(word) > 1 and all(run in word for run in typed):
                    yield word, cost, slip


@lru_cache(maxsize=4096)
def is_spelled(word: str) -> bool:
    """Whether Latin letters fall into syllables."""
    known = syllables()
    reached = {0}
    for i in range(len(word)):
        if i in reached:
            reached |= {j for j in range(i + 1, min(i + 6, len(word)) + 1) if word[i:j] in known}
    return len(word) in reached


def _closed(text: str) -> frozenset[int]:
    """Places inside syllables that stand between blanks: no word ends there."""
    if " " not in text:
        return frozenset()
    known = syllables()
    return frozenset(
        i
        for match in LATIN.finditer(text)
        if match[0] in known
        for i in range(match.start() + 1, match.end())
    )
