"""What the server says on the screen when it has started."""

from __future__ import annotations

from bot.keys import key_file
from bot.settings import Settings

TRY = (
    "2021年万里行的需求清单什么时候报送？",
    "我们公司想做海外商标布局，能帮忙吗？",
    "登记需求",
)


def banner(settings: Settings, url: str) -> str:
    lines = [f"知行已启动：{url}"]
    if settings.wecom:
        lines.append("企业微信回调路径：/wecom")
    if settings.web_chat:
        lines += ["在浏览器里打开上面的地址，可以试着说："]
        lines += [f"  {number}. {text}" for number, text in enumerate(TRY, 1)]
    if settings.data_key is None and (path := key_file(settings.database)):
        lines.append(f"企业写来的内容已加密，密钥在 {path}，请另存一份：丢了就读不出来。")
    return "\n".join([*lines, "按 Ctrl-C 结束。", ""])
