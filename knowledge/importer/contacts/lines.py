"""What a line of a notice tells about whom to turn to: items in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.importer.contacts import names, orgs
from knowledge.importer.contacts.items import Item, Kind, split_office, unnumbered
from knowledge.importer.contacts.labels import Field, Label
from knowledge.importer.contacts.mails import Mail
from knowledge.importer.contacts.phones import Phone
from knowledge.importer.contacts.tokens import Stop, Token, Word, tokens_of

_REACH: frozenset[Field] = frozenset(("person", "phone", "mail"))
_FAX = re.compile(r"\s*\(\s*(?:传\s*真|fax)\s*\)", re.IGNORECASE)
_NAME_ASKED = re.compile(
    r"(?:与|向|和|联系|咨询|找)(?P<name>[一-鿿]{2,4})(?:同志|老师)?(?:联系|咨询|沟通|,|，|$)"
)
_ADDRESS_END = re.compile(
    r"[；;。|\t]| {2,}|(?<=[号室楼层座院厦栋])\s*[,，]"
    r"|[,，、(]\s*(?:邮|收件|联系|电话)|\d{6}\s*\)?\s*$"
)
_HAN = re.compile(r"[一-鿿A-Za-z0-9“”]{3,20}")
_STREET = re.compile(r"[^，,。；;]{2,40}[路街道巷号楼室]")
_EXAMPLE = re.compile(r"填写示例|样例|示例|例如|[XxＸ×]{3}")
_PEOPLE = re.compile(r"专家|评委|组长|成员|获奖|名单")
_PLACE = re.compile(r"[省市区县州旗镇乡村路街道巷号楼层室厦园幢栋座院]")


@dataclass(frozen=True, slots=True)
class Line:
    """`open` is the label at its end that waits for its value on the next line."""

    items: tuple[Item, ...]
    open: Label | None = None
    labelled: bool = False


def read_line(line: str, under: Label | None = None, governed: bool = False) -> Line:
    """The items of a plain line. `under` is the open label of the line before; `governed` tells
    that the line stands under a heading such as 联系方式."""
    return _Reader(line, under, governed).read()


class _Reader:
    """Goes over the tokens with the label that is in force."""

    def __init__(self, line: str, under: Label | None, governed: bool) -> None:
        self.line = unnumbered(line)
        self.governed = governed
        self.tokens = tokens_of(self.line)
        self.label = under
        self.labels = 0
        self.items: list[Item] = []
        self.skip_to = 0
        self.named_last = under is not None
        self.prose = _is_prose(self.tokens)

    def read(self) -> Line:
        for at, token in enumerate(self.tokens):
            if token.start >= self.skip_to:
                self._take(at, token)
        if not self._reaches() or self._is_example():
            return Line((), self._open(), self.labels > 0)
        asked = self._asked()
        items = sorted((*self.items, *asked), key=lambda item: item.start)
        return Line(tuple(_once(items)), self._open(), self.labels > 0)

    def _take(self, at: int, token: Token) -> None:
        if isinstance(token, Label):
            self._take_label(at, token)
        elif isinstance(token, Phone):
            self._take_phone(token)
        elif isinstance(token, Mail):
            self._add("mail", token.start, token.end, (token.address,))
        elif isinstance(token, Stop):
            self._take_stop(token)
        else:
            self._take_word(at, token)

    def _take_label(self, at: int, label: Label) -> None:
        if not (label.colon or self._value_follows(at, label)):
            return
        self.label, self.named_last = label, True
        self.labels += 1
        if label.fields == {"address"}:
            self._take_address(at, label)
        elif label.fields == {"office"}:
            self._take_office(label)

    def _value_follows(self, at: int, label: Label) -> bool:
        """Whether a label without a colon has its value right behind it, or ends the line."""
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if after is None:
            return not self.line[label.end :].strip(" \t)") and not self.prose
        if self.line[label.end : after.start].strip(" \t("):
            return False
        if label.fields == {"address"}:
            return bool(_STREET.match(self.line, label.end))
        if isinstance(after, Phone):
            return bool(label.fields & {"phone", "fax", "person", "postcode", "other"})
        if isinstance(after, Mail):
            return bool(label.fields & {"mail", "phone"})
        if isinstance(after, Word) and "person" in label.fields:
            return names.is_name(after.text) or bool(split_office(after))
        return isinstance(after, Word) and "postcode" in label.fields

    def _take_address(self, at: int, label: Label) -> None:
        end = len(self.line)
        for token in self.tokens[at + 1 :]:
            whole = isinstance(token, Phone) and token.strength == "whole"
            if isinstance(token, Label | Mail) or whole:
                end = token.start
                break
        stop = _ADDRESS_END.search(self.line, label.end, end)
        end = stop.start() if stop else end
        text = self.line[label.end : end].rstrip(" ,，、(:")
        if len(text) >= 4 and _PLACE.search(text):
            self._add("address", label.end, label.end + len(text), (text,))
            self.skip_to = end

    def _take_office(self, label: Label) -> None:
        match = re.compile(r"[^\s,，;；。、()|]{2,40}").match(self.line, label.end)
        if match:
            self._add("office", match.start(), match.end(), (match[0],))
            self.skip_to = match.end()

    def _take_stop(self, stop: Stop) -> None:
        closed = self.label and not self.label.fields & _REACH
        if stop.mark == "。" or closed or self._relabelled(stop):
            self.label = None

    def _relabelled(self, stop: Stop) -> bool:
        """Whether a label comes before the next number."""
        after = (t for t in self.tokens if t.start > stop.start and isinstance(t, Label | Phone))
        return isinstance(next(after, None), Label)

    def _take_phone(self, phone: Phone) -> None:
        sure = self._phone_sure(phone)
        if sure and not _FAX.match(self.line, phone.end):
            self._add("phone", phone.start, phone.end, phone.numbers, sure=sure, bare=phone.local)

    def _phone_sure(self, phone: Phone) -> float:
        """How sure it is that the number is a telephone to call; 0 where it is not."""
        fields = self.label.fields if self.label else frozenset[Field]()
        chained = self._chained(phone)
        if phone.strength == "short":
            return 0.9 if "phone" in fields and self._right_behind_label(phone) else 0.0
        if fields and not fields & _REACH:
            return 0.9 if phone.strength == "whole" and fields == {"address"} else 0.0
        if fields & {"phone", "person"}:
            return 1.0
        if phone.strength == "whole":
            return 0.9 if self.governed or chained or self._whose(phone) else 0.75
        if chained:
            return 1.0
        return (0.9 if self.governed else 0.75) if self._whose(phone) or self.governed else 0.0

    def _chained(self, phone: Phone) -> bool:
        last = self.items[-1] if self.items else None
        return bool(
            last
            and last.kind == "phone"
            and not self.line[last.end : phone.start].strip(" 、,，/;；-和或及")
        )

    def _whose(self, phone: Phone) -> bool:
        """Whether an office or a name stands right before the number."""
        last = self.items[-1] if self.items else None
        return bool(
            last
            and last.kind in ("office", "name")
            and not self.line[last.end : phone.start].strip(" :(\t|,，、")
        )

    def _right_behind_label(self, phone: Phone) -> bool:
        """Whether nothing stands between the label, or the beginning of the line, and it."""
        begin = max(self.label.end, 0) if self.label else 0
        return not self.line[begin : phone.start].strip()

    def _take_word(self, at: int, word: Word) -> None:
        fields = self.label.fields if self.label else frozenset[Field]()
        if fields and not fields & {"person", "phone"}:
            if not word.text.endswith("收") and not self._leads(at) and not word.boxed:
                return
            fields = frozenset()
        if fields:
            self._take_labelled(at, word, fields)
        else:
            self._take_free(at, word)

    def _leads(self, at: int) -> bool:
        """Whether a label follows right behind: 技术支持|电话."""
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if not isinstance(after, Label | Phone | Mail):
            return False
        between = self.line[self.tokens[at].end : after.start]
        return not between.strip(" :(\t|")

    def _take_labelled(self, at: int, word: Word, fields: frozenset[Field]) -> None:
        """A word under 联系人 or 电话."""
        expected = "person" in fields or word.boxed or self._leads(at) or self._phone_comes(at)
        if not expected:
            return
        if found := split_office(word):
            self.items.extend(
                replace(item, labelled=self.label is not None, boxed=word.boxed) for item in found
            )
        elif names.is_name(word.text) and self.named_last:
            self._add("name", word.start, word.end, (word.text,), boxed=word.boxed)
        elif orgs.is_topic(word.text):
            self._add("office", word.start, word.end, (word.text,), boxed=word.boxed)
        elif self._leads(at) and self.line[word.end] == ":" and _HAN.fullmatch(word.text):
            self._add("office", word.start, word.end, (word.text,), sure=0.8)
        elif (
            self.named_last
            and fields == {"person"}
            and names.may_be_name(word.text)
            and not word.boxed
        ):
            self._add("name", word.start, word.end, (word.text,), sure=0.75)
        elif "person" in fields and not word.boxed and len(word.text) > 1:
            self.named_last = False

    def _phone_comes(self, at: int) -> bool:
        """Whether a number follows before the next label."""
        for token in self.tokens[at + 1 :]:
            if isinstance(token, Label) or (isinstance(token, Stop) and token.mark == "。"):
                return False
            if isinstance(token, Phone | Mail):
                return True
        return False

    def _take_free(self, at: int, word: Word) -> None:
        """A word under no label: whose number comes, or for what."""
        leads = self._leads(at) or self.line[word.end : word.end + 1] == ":"
        if leads and orgs.is_topic(word.text):
            self._add("office", word.start, word.end, (word.text,))
        elif (start := self._office_end(at, word, leads)) is not None:
            self._add("office", word.start + start, word.end, (word.text[start:],), sure=0.9)
        elif word.text.endswith("收") and names.is_name(word.text[:-1]):
            self._add("name", word.start, word.end - 1, (word.text[:-1],), sure=0.9)
        elif not self.prose or self.governed:
            if found := split_office(word):
                self.items.extend(
                    replace(item, labelled=self.label is not None, sure=0.9) for item in found
                )
            elif names.is_name(word.text) and self._phone_comes(at):
                self._add("name", word.start, word.end, (word.text,), sure=0.9, boxed=word.boxed)
            elif self.governed and leads and _HAN.fullmatch(word.text):
                self._add("office", word.start, word.end, (word.text,), sure=0.8)

    def _office_end(self, at: int, word: Word, leads: bool) -> int | None:
        """Where the office begins that the word ends with, if what follows tells how to reach it:
        报送|我局保护处，邮箱."""
        start = orgs.office_at_end(word.text)
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        labelled = isinstance(after, Label) and bool(start) and self.line[word.end] in ",，"
        return start if leads or labelled else None

    def _asked(self) -> Iterator[Item]:
        """Offices and people that a sentence tells to turn to."""
        for start, end in orgs.offices_asked(self.line):
            yield Item("office", start, end, (self.line[start:end],), sure=0.9)
        for match in _NAME_ASKED.finditer(self.line):
            if names.is_name(match["name"]):
                yield Item("name", *match.span("name"), (match["name"],), sure=0.9)

    def _reaches(self) -> bool:
        """Whether there is a value, not only an office that is named."""
        return any(item.kind != "office" for item in self.items) or bool(self.labels and self.items)

    def _is_example(self) -> bool:
        """Whether the line shows how to fill in, or lists people who are not to be called."""
        return bool(_EXAMPLE.search(self.line) or (not self.labels and _PEOPLE.search(self.line)))

    def _open(self) -> Label | None:
        """The label in force at the end, if it still waits for its value or its list goes on."""
        if not self.label or not self.label.fields & _REACH or self.prose:
            return None
        waits = "phone" in self.label.fields and not any(i.kind == "phone" for i in self.items)
        goes_on = self.labels == 0 and bool(self.items)
        ends = not self.line[max(self.label.end, 0) :].strip(" \t)")
        return self.label if waits or goes_on or ends else None

    def _add(
        self,
        kind: Kind,
        start: int,
        end: int,
        values: tuple[str, ...],
        *,
        boxed: bool = False,
        sure: float = 1.0,
        bare: bool = False,
    ) -> None:
        self.items.append(Item(kind, start, end, values, self.label is not None, boxed, sure, bare))


def _is_prose(tokens: list[Token]) -> bool:
    words = [token for token in tokens if isinstance(token, Word)]
    return any(
        (len(word.text) > 10 and not orgs.is_office(word.text))
        or re.search("(?<!申)请|[将须]|应(?![急用])|如有|可以|按照", word.text)
        for word in words
    )


def _once(items: list[Item]) -> Iterator[Item]:
    """The items without those that lie within the one before."""
    end = -1
    for item in items:
        if item.start >= end:
            yield item
            end = item.end
