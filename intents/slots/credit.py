"""Unified social credit codes (GB 32100-2015) in a message: told apart from phones, and checked."""

from __future__ import annotations

from dataclasses import dataclass

from intents.wording import credit as wording
from knowledge.late import late

_LABEL = r"(?:(?:统一)?(?:社会)?信用(?:代码|号码?)|税号|纳税人识别号|机构代码)"
_NAMED = late(
    rf"(?:公司|单位|企业|我们)?的?{_LABEL}(?:证?号|是|为|[:：=＝ ])*"
    r"(?P<code>[0-9A-Za-z](?:[ -]?[0-9A-Za-z]){9,21})(?![0-9A-Za-z@])"
)
_ALONE = late(r"(?<![0-9A-Za-z._@-])(?P<code>[0-9A-Za-z]{18})(?![0-9A-Za-z._@-])")
_LENGTH = 18


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it is written; `amiss` says what is wrong with it, None where nothing is."""

    code: str
    amiss: str | None
    start: int
    end: int


def find(text: str) -> Code | None:
    """The code in `text`: named so, or alone with the right check digit."""
    from stdnum.cn import uscc  # hardly any message needs it

    named = _NAMED.search(text)
    if named:
        code = uscc.compact(named["code"]).upper()
        return Code(code, _amiss(code), *named.span())
    alone = next((m for m in _ALONE.finditer(text) if uscc.is_valid(m["code"])), None)
    return Code(alone["code"].upper(), None, *alone.span()) if alone else None


def _amiss(code: str) -> str | None:
    if len(code) != _LENGTH:
        return wording.wrong_length(len(code))
    from stdnum.cn import uscc
    from stdnum.exceptions import ValidationError

    try:
        uscc.validate(code)
    except ValidationError:
        return wording.wrong()
    return None
