"""Why a message could not be sent, in words: what the outbox noted stands in English and codes."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.late import late

_CODE = late(r"errcode (-?\d+)")
_BY_CODE: Mapping[str, str] = {
    "40001": "平台的密钥不对，请检查设置",
    "40003": "平台没有这个收件人",
    "40007": "附件在平台上已失效",
    "40013": "企业或账号编号不对，请检查设置",
    "40035": "内容格式平台不接受",
    "40056": "应用编号不对，请检查设置",
    "40058": "内容格式平台不接受",
    "40164": "服务器地址不在公众号的IP白名单里",
    "43004": "对方已取消关注",
    "43019": "对方已把公众号拉黑",
    "44001": "文件是空的",
    "44004": "内容是空的",
    "45001": "文件太大",
    "45002": "内容太长",
    "45009": "发得太频繁，被平台限速",
    "45011": "发得太频繁，被平台限速",
    "45015": "对方超过48小时没有来信，平台不让先发",
    "45047": "平台给的条数用完了，对方再来信才能发",
    "47001": "内容格式平台不接受",
    "48001": "公众号没有客服消息的权限",
    "48002": "应用没有这个接口的权限",
    "60011": "对方不在应用的可见范围里",
    "60020": "服务器地址不在可信IP里，请在平台后台添加",
    "60111": "平台没有这个成员",
    "81013": "对方不在应用的可见范围里",
    "82001": "对方不在应用的可见范围里",
    "90002": "发得太频繁，被平台限速",
    "90018": "发得太频繁，被平台限速",
    "90019": "发得太频繁，被平台限速",
    "90020": "本月的调用次数用完了",
    "90030": "群机器人已停用",
    "93000": "没有这个群机器人，请检查它的key",
    "93004": "群机器人已停用",
    "95000": "没有这个客服账号",
    "95001": "平台给的5条用完了，对方再来信才能发",
    "95002": "对方超过48小时没有来信，平台不让先发",
    "95013": "会话已结束",
    "95018": "会话正由人接待",
    "101002": "内容格式平台不接受",
    "130101": "发得太频繁，被平台限速",
    "300001": "会话已失效，对方再来信才能发",
    "301002": "应用编号或密钥不对，请检查设置",
    "302033": "发得太频繁，被平台限速",
    "310000": "群机器人的安全设置不符（关键词、签名或地址）",
    "460101": "内容太长",
}
_BY_WORDS: tuple[tuple[str, str], ...] = (
    ("told with a reply", "已在下一次回复里告知"),
    ("nobody write to them", "平台不让先发，对方再来信时告知"),
    ("cannot be read", "内容读不出，可能换过数据密钥"),
    ("never came to an end", "每次发送都中断"),
    ("too long", "内容太长"),
    ("too fast", "发得太频繁，被平台限速"),
    ("no such robot", "没有这个群机器人"),
    ("Timeout", "平台没有及时回应"),
    ("no errcode", "平台的回应看不懂"),
    ("HTTP 5", "平台暂时出错"),
    ("HTTP", "平台不接受"),
    ("Client", "连不上平台，请检查网络"),
    ("Error", "连不上平台，请检查网络"),
)


def reason(error: str | None) -> str:
    """ "" where there is nothing to explain; the code stands beside it on the page."""
    if not error:
        return ""
    code = _CODE.search(error)
    if code is not None and code[1] in _BY_CODE:
        return _BY_CODE[code[1]]
    if code is not None:
        return "平台没有收下"
    return next((told for words, told in _BY_WORDS if words in error), "没有发出去")
