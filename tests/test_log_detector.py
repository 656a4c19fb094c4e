"""The detector finds what no log may hold, and lets pass what logs say."""

from __future__ import annotations

import logging

import pytest

from tests import log_detector


@pytest.mark.parametrize(
    "line",
    [
        "GET /cgi-bin/message/send?access_token=abcDEF123456",
        "endpoint is {'ticket': '7724109a-1234'}",
        "posted to /robot/sendBySession?session=79b48abcdef",
        "key jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C is wrong",
        "user said: 我的电话13800001111",
        "mail to zhang.san@example.com",
        "row sealed:1a2b3c4d:AAAA",
    ],
)
def test_secrets_and_personal_data_are_found(line: str) -> None:
    assert log_detector.found(line)


@pytest.mark.parametrize(
    "line",
    [
        "wecom: 3f2a9c01b2d3 answer 1.9 ms",
        "robot 处室群: retry (too fast, errcode 45009)",
        "GET /wecom 200 2.1 ms",
        "knowledge 20241121 of revision 17 is served",
        "callback refused: wrong signature",
    ],
)
def test_what_a_server_logs_passes(line: str) -> None:
    assert log_detector.found(line) == []


def test_what_a_platform_gave_out_is_found_whatever_it_looks_like() -> None:
    log_detector.given_out.add("short")
    try:
        assert log_detector.found("the token is short")
    finally:
        log_detector.given_out.discard("short")


def test_a_leak_is_told_by_its_place_alone() -> None:
    detector = log_detector.Detector()
    detector.handle(logging.makeLogRecord({"name": "bot.desk", "msg": "13800001111 wrote"}))
    [leak] = detector.leaks
    assert "bot.desk" in leak
    assert "a mobile number" in leak
    assert "13800001111" not in leak
