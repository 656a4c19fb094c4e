"""Whatever WeCom tells, it is a message, an event, nothing, or refused: reading breaks on none."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.envelope import Rejected
from bot.channels.kf.reading import read
from bot.message import Message
from tests.bot.kf.office import NOW
from tests.platform.kf_customers import CUSTOMER, KF_ID

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=6,
)
IDS = st.sampled_from([KF_ID, CUSTOMER, "m1"]) | ANYTHING
KINDS = st.sampled_from(["text", "image", "voice", "event"]) | ANYTHING
EVENTS = st.sampled_from(["enter_session", "msg_send_fail", "session_status_change"]) | ANYTHING
EVENT = st.fixed_dictionaries(
    {},
    optional={
        "event_type": EVENTS,
        "open_kfid": IDS,
        "external_userid": IDS,
        "welcome_code": ANYTHING,
        "fail_msgid": IDS,
        "fail_type": ANYTHING,
    },
)
TOLD = st.fixed_dictionaries(
    {"origin": st.sampled_from([3, 4, 5]) | ANYTHING},
    optional={
        "msgid": IDS,
        "open_kfid": IDS,
        "external_userid": IDS,
        "send_time": st.just(int(NOW.timestamp())) | ANYTHING,
        "msgtype": KINDS,
        "text": st.fixed_dictionaries({"content": ANYTHING}) | ANYTHING,
        "image": st.fixed_dictionaries({"media_id": ANYTHING}) | ANYTHING,
        "event": EVENT | ANYTHING,
    },
)


@given(TOLD)
def test_whatever_is_told_is_understood_or_refused(told: dict[str, Any]) -> None:
    with suppress(Rejected):
        found = read(told, NOW)
        if isinstance(found, Message):
            account, _, customer = found.sender.user.partition("/")
            assert account
            assert customer
            assert found.route is not None
