"""A form with other slots and other choices works without any code of its own."""

from __future__ import annotations

from tests.intents.dialogue import Talk


def test_other_form_is_asked_in_its_own_order(roadshow: Talk) -> None:
    asked = []
    for said in ("登记", "张三", "13900000001", "我们的数控机床项目，想找投资", "对", "愿意"):
        roadshow.say(said)
        assert roadshow.conversation.form is not None
        asked.append(roadshow.conversation.form.asking)
    assert asked == ["负责人", "热线", "项目", "场次", "愿意上台路演", "回执邮箱"]


def test_other_form_is_filled_and_submitted(roadshow: Talk) -> None:
    roadshow.all("登记", "张三", "13900000001", "我们的数控机床项目，想找投资", "对", "愿意")
    roadshow.all("zhang@example.com", "提交")
    assert roadshow.outcome == "submitted"
    assert roadshow.fields == {
        "负责人": "张三",
        "热线": "13900000001",
        "项目": "我们的数控机床项目，想找投资",
        "场次": "智能制造专场",
        "愿意上台路演": True,
        "回执邮箱": "zhang@example.com",
    }


def test_phone_slot_alone_takes_mobiles_and_landlines(roadshow: Talk) -> None:
    roadshow.all("登记", "张三", "0598-8200001")
    assert roadshow.fields["热线"] == "0598-8200001"
    roadshow.say("热线改成13900000001")
    assert roadshow.fields["热线"] == "13900000001"


def test_labels_of_the_other_form_are_known(roadshow: Talk) -> None:
    roadshow.say(
        "登记：团队名称：三明示例智造，负责人：李四，热线：0598-8200001，专场：生物医药，不上台"
    )
    roadshow.say("好的")
    assert roadshow.fields["公司"] == "三明示例智造"
    assert roadshow.fields["负责人"] == "李四"
    assert roadshow.fields["热线"] == "0598-8200001"
    assert roadshow.fields["场次"] == "生物医药专场"
    assert roadshow.fields["愿意上台路演"] is False


def test_required_address_is_pressed_for_once(roadshow: Talk) -> None:
    roadshow.all("登记", "张三", "13900000001", "数控机床项目想找投资", "对", "不愿意")
    assert "邮箱" in roadshow.say("没有").reply.text
    turn = roadshow.say("没有")
    assert "请核对" in turn.reply.text
