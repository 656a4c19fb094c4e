"""WeRoBot with its SQLite sessions: a handler that counts in the session, as it stores for us."""

import sys

from flask import Flask
from waitress import serve
from werobot import WeRoBot
from werobot.contrib.flask import make_view
from werobot.session.sqlitestorage import SQLiteStorage

robot = WeRoBot(token="a-token", session_storage=SQLiteStorage("sessions.sqlite3"))


@robot.text
def answer(message, session):
    session["asked"] = session.get("asked", 0) + 1
    return "需求清单请在2021年5月25日前报送。"


app = Flask(__name__)
app.add_url_rule("/wechat", endpoint="werobot", view_func=make_view(robot), methods=["GET", "POST"])
port = int(sys.argv[1])
print(f"http://127.0.0.1:{port}", flush=True)
serve(app, host="127.0.0.1", port=port, threads=4, _quiet=True)
