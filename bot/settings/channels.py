"""One section a platform that the assistant speaks on.

Each field says where the platform's own pages show its value.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from bot.settings.fields import AesKey, BaseUrl, Name, Secret
from bot.settings.sections import Section

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{4,64}$")]


class WeComSettings(Section):
    """A WeCom self-built app, as its administration page shows it (我的企业, 应用管理)."""

    corp_id: Identifier
    agent_id: Annotated[int, Field(ge=1)]
    token: Secret
    aes_key: AesKey
    previous_aes_key: AesKey | None = None
    secret: Secret | None = None


class WeChatSettings(Section):
    """A 公众号: 设置与开发, 基本配置. `secret` is needed to write first, within 48 hours.

    `mode`: what the platform sends, 安全模式, 兼容模式 or 明文模式; the latter two are taken on
    loopback alone. `original_id` is the gh_… of 公众号设置; with it, what is for another account
    is refused. `may_write`: the account has 客服消息, as verified ones do.
    """

    app_id: Identifier
    token: Secret
    aes_key: AesKey | None = None
    previous_aes_key: AesKey | None = None
    secret: Secret | None = None
    mode: Literal["secure", "compatible", "plain"] = "secure"
    original_id: Identifier | None = None
    may_write: bool = True

    @model_validator(mode="after")
    def _has_its_key(self) -> Self:
        if self.mode != "plain" and self.aes_key is None:
            raise ValueError(f"aes_key is missing, which mode {self.mode} needs")
        return self


class KfSettings(Section):
    """微信客服: 应用管理, 微信客服, API. `secret` is that of the self-built app that is listed in
    可调用接口的应用; `accounts` are the open_kfid that we answer for, all where none is named.

    `human`: who takes over when a person is wanted: `desk`, our staff by chat, or `queue`, the
    servicers whom 微信客服 itself knows.
    """

    corp_id: Identifier
    secret: Secret
    token: Secret
    aes_key: AesKey
    previous_aes_key: AesKey | None = None
    accounts: tuple[Identifier, ...] = ()
    human: Literal["desk", "queue"] = "desk"


class AibotSettings(Section):
    """A 智能机器人 of WeCom: 安全与管理, 管理工具, 智能机器人, API 模式.

    By 长连接 (`bot_id` and `secret`), which needs no public address, or by callback (`token` and
    `aes_key`).
    """

    bot_id: Identifier
    mode: Literal["socket", "callback"] = "socket"
    secret: Secret | None = None
    token: Secret | None = None
    aes_key: AesKey | None = None
    previous_aes_key: AesKey | None = None

    @model_validator(mode="after")
    def _has_its_keys(self) -> Self:
        wanted = {"socket": ("secret",), "callback": ("token", "aes_key")}[self.mode]
        missing = [name for name in wanted if getattr(self, name) is None]
        if missing:
            raise ValueError(f"mode {self.mode} needs {' and '.join(missing)}")
        return self


class DingTalkSettings(Section):
    """A DingTalk app with a robot: 应用开发, 企业内部应用, 凭证与基础信息.

    `mode`: Stream 模式 needs no public address; HTTP 模式 calls `/dingtalk`, with `aes_key` and
    `token` where the body is encrypted. `robot_code` is the client_id unless the page says
    otherwise. `monthly_calls` is what 基础信息 shows as the month's quota of calls.
    """

    client_id: Identifier
    client_secret: Secret
    corp_id: Identifier | None = None
    robot_code: Identifier | None = None
    mode: Literal["stream", "callback"] = "stream"
    token: Secret | None = None
    aes_key: AesKey | None = None
    card_template: Name | None = None
    monthly_calls: Annotated[int, Field(ge=0)] = 10_000

    @property
    def robot(self) -> str:
        return self.robot_code or self.client_id


class HostsSettings(Section):
    """Where the platforms are: an office's relay in the place of one, which the platform knows by
    its address. https, or http on loopback. `wecom_login` and `wecom_oauth` are where browsers are
    sent to sign in, outside WeCom and inside."""

    wecom: BaseUrl = "https://qyapi.weixin.qq.com"
    wecom_login: BaseUrl = "https://login.work.weixin.qq.com"
    wecom_oauth: BaseUrl = "https://open.weixin.qq.com"
    wechat: BaseUrl = "https://api.weixin.qq.com"
    dingtalk: BaseUrl = "https://api.dingtalk.com"
    dingtalk_robot: BaseUrl = "https://oapi.dingtalk.com"
    aibot: BaseUrl = "wss://openws.work.weixin.qq.com"
