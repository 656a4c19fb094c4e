"""`zhixing talk`, `demand list` and `digest preview`: a need is told, and lies in the list."""

from __future__ import annotations

from tests.bot.cli.running import NEED, QUESTION, Run, listed, said

SLOTS = {
    "单位名称", "联系人", "所在处室", "职务", "联系电话", "电子邮件", "手机", "重点任务",
    "工作内容", "服务需求事项", "需国家局协调", "资源建议",
}  # fmt: skip


def test_a_need_is_told_over_days_and_lies_in_the_list(run: Run, database: str) -> None:
    ran = run("talk", "--jsonl", "--database", database, stdin=NEED)
    assert (ran.status, ran.err) == (0, "")
    assert len(ran.rows) == len(NEED)
    assert {row["kind"] for row in ran.rows} == {"collect"}
    assert all(set(row) == {"user", "id", "kind", "text", "demand"} for row in ran.rows)
    (demand,) = listed(run, database)
    assert {row["demand"] for row in ran.rows} == {demand["id"]}
    assert set(demand) == {
        "id", "user", "status", "region", "bureau", "campaign", "channel", "created",
            "fields",
    }  # fmt: skip
    assert demand["user"] == "u1"
    assert demand["status"] == "submitted"
    assert demand["region"] == "三明市"
    assert demand["campaign"] == "知识产权服务万里行"
    fields = demand["fields"]
    assert set(fields) == SLOTS
    assert fields["单位名称"] == "三明示例木业有限公司"
    assert fields["联系人"] == "陈一"
    assert fields["手机"] == "13900000001"
    assert fields["重点任务"] == "开展知识产权转移转化行动"
    assert "转让" in fields["服务需求事项"]
    assert fields["需国家局协调"] is False
    assert [fields[name] for name in ("电子邮件", "所在处室", "职务", "资源建议")] == [None] * 4


def test_a_draft_is_listed_with_nulls(run: Run, database: str) -> None:
    run("talk", "--jsonl", "--database", database, stdin=NEED[:2])
    (demand,) = listed(run, database)
    assert demand["status"] == "draft"
    assert demand["fields"]["单位名称"] == "三明示例木业有限公司"
    assert demand["fields"]["手机"] is None
    assert demand["fields"]["需国家局协调"] is None


def test_a_talk_goes_on_in_another_run(run: Run, database: str) -> None:
    run("talk", "--jsonl", "--database", database, stdin=NEED[:4])
    run("talk", "--jsonl", "--database", database, stdin=NEED[4:])
    (demand,) = listed(run, database)
    assert demand["status"] == "submitted"


def test_the_same_id_twice_gives_the_same_reply_and_one_demand(run: Run, database: str) -> None:
    first = said("登记需求", "2021-05-10T09:00:00", "m1")
    told = said("三明示例木业有限公司", "2021-05-10T09:01:00", "m2")
    rows = run("talk", "--jsonl", "--database", database, stdin=[first, first, told, first, told])
    once, again, answered, late, repeat = rows.rows
    assert once == again == late
    assert answered == repeat
    assert len(listed(run, database)) == 1


def test_an_id_repeated_in_a_later_run_is_a_repeat_as_well(run: Run, database: str) -> None:
    line = [said("登记需求", "2021-05-10T09:00:00", 1)]
    once = run("talk", "--jsonl", "--database", database, stdin=line).rows
    assert run("talk", "--jsonl", "--database", database, stdin=line).rows == once
    assert len(listed(run, database)) == 1


def test_users_do_not_share_ids_or_talks(run: Run, database: str) -> None:
    at = "2021-05-10T09:00:00"
    rows = run(
        "talk", "--jsonl", "--database", database,
        stdin=[said("登记需求", at, 1, "甲"), said("你好", at, 1, "乙")],
    ).rows  # fmt: skip
    assert [row["kind"] for row in rows] == ["collect", "smalltalk"]
    assert [demand["user"] for demand in listed(run, database)] == ["甲"]


def test_the_time_of_a_message_is_the_day_of_its_answer(run: Run, database: str) -> None:
    rows = run(
        "talk", "--jsonl", "--database", database,
        stdin=[
            said(QUESTION, "2021-10-28T23:30:00"),
            said(QUESTION, "2021-10-29T16:30:00Z"),  # half past midnight of the 30th in China
        ],
    ).rows  # fmt: skip
    assert "还剩2天" in rows[0]["text"]
    assert "今天截止" in rows[1]["text"]


def test_a_message_without_an_id_gets_one(run: Run, database: str) -> None:
    rows = run(
        "talk", "--jsonl", "--database", database, stdin=[{"user": "u", "text": "你好"}] * 2
    ).rows
    assert rows[0]["id"] != rows[1]["id"]


def test_what_is_cancelled_is_listed_without_personal_data(run: Run, database: str) -> None:
    run(
        "talk", "--jsonl", "--database", database,
        stdin=[*NEED[:3], said("取消", "2021-05-13T15:02:00")],
    )  # fmt: skip
    (demand,) = listed(run, database)
    assert demand["status"] == "cancelled"
    assert demand["fields"]["手机"] is None
    assert demand["fields"]["联系人"] is None


def test_the_list_on_a_screen_is_masked(run: Run, database: str) -> None:
    run("talk", "--jsonl", "--database", database, stdin=NEED)
    out = run("demand", "list", "--database", database).out
    assert "三明示例木业有限公司" in out
    assert "13900000001" not in out
    assert "陈一" not in out


def test_an_empty_list_is_a_list(run: Run, database: str) -> None:
    run("talk", "--jsonl", "--database", database)
    assert listed(run, database) == []


def test_the_digest_is_shown_and_nothing_is_queued(run: Run, database: str) -> None:
    run("talk", "--jsonl", "--database", database, stdin=NEED)
    ran = run("digest", "preview", "--database", database)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("## ")
    assert "13900000001" not in ran.out
    assert run("digest", "preview", "--database", database).status == 0
