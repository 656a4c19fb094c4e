"""A push as its reader sees it: the marks that `bot.push.dialects` writes, as a page shows them."""

from __future__ import annotations

from markupsafe import Markup, escape

from knowledge.late import late

_FONT = late(r"&lt;font color=&#34;(comment|warning)&#34;&gt;(.*?)&lt;/font&gt;")
_STRONG = late(r"\*\*(.+?)\*\*")
_LINK = late(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
_CLASS = {"comment": "quiet", "warning": "urgent"}


def marked(text: str, markdown: bool) -> Markup:
    """Plain text whole, as it is; of marked text nothing but the marks is more than text."""
    if not markdown:
        return Markup('<p class="words">{}</p>').format(text)
    return Markup("\n").join(_line(line) for line in text.splitlines() if line.strip())


def _line(line: str) -> Markup:
    for mark, name in (("### ", "h3"), ("## ", "h2"), ("> ", "blockquote")):
        if line.startswith(mark):
            return Markup(f"<{name}>{_inside(line.removeprefix(mark))}</{name}>")
    return Markup(f"<p>{_inside(line)}</p>")


def _inside(words: str) -> str:
    """Escaped first: what is put in here after that is all that is markup."""
    safe = str(escape(words))
    safe = _FONT.sub(lambda m: f'<span class="{_CLASS[m[1]]}">{m[2]}</span>', safe)
    safe = _STRONG.sub(r"<strong>\1</strong>", safe)
    return _LINK.sub(r"\1（\2）", safe)
