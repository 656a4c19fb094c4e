"""What `demand` and `activity` take."""

from __future__ import annotations

from pathlib import Path

from bot.arguments.options import database_option, iso_date, span_options, whole_number
from bot.arguments.parser import Arguments, Parser, add_command


def _demand(demand: Parser) -> None:
    actions = demand.add_subparsers(required=True, metavar="ACTION", dest="action")

    listed = add_command(actions, "list", "what has been entered", "demand")
    listed.add_argument(
        "--json", action="store_true", help="in full; without it personal data are masked"
    )
    database_option(listed)

    export = add_command(actions, "export", "an official form, filled", "export")
    export.add_argument("--form", default="附件1", metavar="附件1|附件2|报告")
    export.add_argument("--format", choices=["docx", "xlsx"], help="default: as --out ends")
    export.add_argument("--out", type=Path, metavar="FILE", required=True)
    export.add_argument("--bureau", metavar="NAME", help="and those below it; default: all")
    export.add_argument("--notice", metavar="ID", help="whose form; default: the one in use")
    span_options(export)


def _activity(activity: Parser) -> None:
    actions = activity.add_subparsers(required=True, metavar="ACTION", dest="action")

    add = add_command(actions, "add", "record what was held", "activity")
    add.add_argument("--task", required=True, metavar="NAME", help="key task: 质押融资")
    add.add_argument("--what", required=True, metavar="FORM", help="开展形式: 银企对接会")
    add.add_argument("--times", type=whole_number, default=1, metavar="N")
    add.add_argument("--enterprises", type=whole_number, default=0, metavar="N", help="惠企数量")
    add.add_argument("--other", default="", metavar="TEXT", help="其他成效")
    add.add_argument("--bureau", metavar="NAME")
    add.add_argument("--date", type=iso_date, metavar="YYYY-MM-DD", help="default: today")
    database_option(add)

    listed = add_command(actions, "list", "what was recorded", "activity")
    listed.add_argument("--bureau", metavar="NAME", help="and those below it; default: all")
    span_options(listed)

    remove = add_command(actions, "remove", "take one back", "activity")
    remove.add_argument("id", type=whole_number, metavar="ID")
    database_option(remove)


ARGUMENTS: Arguments = {
    "demand": _demand,
    "activity": _activity,
}
