"""What the server says on the screen when it has started."""

from __future__ import annotations

from bot.keys import key_file
from bot.settings import Settings

TRY = (
    "2021年万里行的需求清单什么时候报送？",
    "我们公司想做海外商标布局，能帮忙吗？",
    "登记需求",
)


def banner(settings: Settings, url: str, first_password: str | None = None) -> str:
    """`first_password` is that of the console's first account, told at the first start alone."""
    lines = [f"知行已启动：{url}"]
    lines += [f"已接入{name}" for name in _connected(settings)]
    if settings.web_chat:
        lines += ["在浏览器里打开上面的地址，可以试着说："]
        lines += [f"  {number}. {text}" for number, text in enumerate(TRY, 1)]
    lines.append(f"工作人员控制台：{url}/console")
    if first_password:
        lines.append(password_told(first_password).rstrip())
    if settings.data_key is None and (path := key_file(settings.database)):
        lines.append(f"企业写来的内容已加密，密钥在 {path}，请另存一份：丢了就读不出来。")
    return "\n".join([*lines, "按 Ctrl-C 结束。", ""])


def password_told(first_password: str) -> str:
    return f"首次登录用户名 admin，一次性密码 {first_password}（只显示这一次）\n"


def _connected(settings: Settings) -> list[str]:
    """Each platform, and its callback's path where it has one."""
    aibot, dingtalk = settings.aibot, settings.dingtalk
    named = {
        "企业微信应用，回调路径 /wecom": settings.wecom,
        "公众号，回调路径 /wechat": settings.wechat,
        "微信客服，回调路径 /kf": settings.kf,
        "智能机器人，长连接": aibot and aibot.mode == "socket",
        "智能机器人，回调路径 /aibot": aibot and aibot.mode == "callback",
        "钉钉机器人，Stream 模式": dingtalk and dingtalk.mode == "stream",
        "钉钉机器人，回调路径 /dingtalk": dingtalk and dingtalk.mode == "callback",
    }
    return [name for name, there in named.items() if there]
