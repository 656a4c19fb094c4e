"""Every page of the console: who may see it, and whether regions limit what it shows.

Pages are named, not imported: a server starts without the half of its code that they need.
"""

from __future__ import annotations

from bot.console import rooms
from bot.console.guard import Route

_NUMBER = r"{number:[1-9]\d{0,8}}"
_NOTICE = "{id:[a-z0-9-]{1,61}}"

ROUTES: tuple[Route, ...] = (
    Route("GET", "/sign-in", "signing:sign_in_page", None, False),
    Route("POST", "/sign-in", "signing:sign_in", None, False),
    Route("GET", "/sign-in/wecom", "wecom_sign_in:leave", None, False),
    Route("GET", "/sign-in/wecom/back", "wecom_sign_in:come_back", None, False),
    Route("POST", "/sign-out", "signing:sign_out", "clerk", False),
    Route("GET", "/password", "signing:password_page", "clerk", False),
    Route("POST", "/password", "signing:change_password", "clerk", False),
    Route("GET", "/account", "home:account", "clerk", False),
    Route("GET", "/", "home:home", "clerk", False),
    Route("GET", "/overview", "overview.page:overview", "head", True),
    Route("GET", "/demands", "listing:demand_list", "clerk", True),
    Route("POST", "/demands/act", "listing:do_several", "clerk", True),
    Route("POST", "/demands/export", "listing:export", "head", True),
    Route("GET", f"/demands/{_NUMBER}", "entry:entry", "clerk", True),
    Route("POST", f"/demands/{_NUMBER}", "entry:act", "clerk", True),
    Route("GET", "/questions", "asked.pages:question_list", "clerk", True),
    Route("GET", f"/questions/{_NUMBER}", "asked.pages:question", "clerk", True),
    Route("POST", f"/questions/{_NUMBER}", "asked.pages:answer", "clerk", True),
    Route("GET", f"/questions/{_NUMBER}/faq", "asked.faqs:faq_page", "clerk", True),
    Route("POST", f"/questions/{_NUMBER}/faq", "asked.faqs:keep_faq", "clerk", True),
    Route("GET", "/talks", "talks.pages:talk_list", "clerk", True),
    Route("GET", f"/talks/{_NUMBER}", "talks.pages:talk", "clerk", True),
    Route("POST", f"/talks/{_NUMBER}", "talks.steps:act", "clerk", True),
    Route("GET", f"/talks/{_NUMBER}/live", "talks.live:live", "clerk", True),
    Route("GET", "/notices", "notices.pages:notice_list", "clerk", False),
    Route("GET", f"/notices/{_NOTICE}", "notices.pages:notice", "clerk", False),
    Route("GET", "/calendar", "notices.calendar:calendar", "clerk", False),
    Route("GET", "/import", "importing.uploading:import_page", "admin", False),
    Route("POST", "/import", "importing.uploading:upload", "admin", False, rooms.UPLOAD),
    Route("GET", f"/import/{_NUMBER}", "importing.uploading:imported", "admin", False),
    Route("GET", f"/import/{_NUMBER}/{_NOTICE}", "importing.review:review", "admin", False),
    Route("POST", f"/import/{_NUMBER}/{_NOTICE}", "importing.review:save", "admin", False),
    Route("GET", "/drafts", "drafts.listing:draft_list", "admin", False),
    Route("POST", "/drafts", "drafts.listing:begin", "admin", False),
    Route("GET", "/drafts/history", "drafts.history:history", "admin", False),
    Route("POST", "/drafts/history", "drafts.history:roll_back", "admin", False),
    Route("GET", "/drafts/history/compare", "drafts.history:compare", "admin", False),
    Route("GET", f"/drafts/{_NUMBER}", "drafts.one:draft", "admin", False),
    Route("POST", f"/drafts/{_NUMBER}", "drafts.one:change", "admin", False),
    Route("GET", f"/drafts/{_NUMBER}/file", "drafts.editing:file_page", "admin", False),
    Route("POST", f"/drafts/{_NUMBER}/file", "drafts.editing:save", "admin", False, rooms.FILE),
    Route(
        "POST", f"/drafts/{_NUMBER}/problems", "drafts.editing:problems", "admin", False, rooms.FILE
    ),
    Route("GET", f"/drafts/{_NUMBER}/check", "drafts.publishing:check_page", "admin", False),
    Route("POST", f"/drafts/{_NUMBER}/publish", "drafts.publishing:publish", "admin", False),
    Route("GET", "/try", "trying.page:form", "clerk", False),
    Route("POST", "/try", "trying.page:ask", "clerk", False),
    Route("GET", "/turns", "trying.past:past", "clerk", False),
    Route("GET", "/pushes", "pushes.failed:push_list", "head", True),
    Route("POST", "/pushes/again", "pushes.failed:send_again", "head", True),
    Route("GET", "/pushes/sent", "pushes.sent:sent_list", "head", True),
    Route("GET", f"/pushes/sent/{_NUMBER}", "pushes.sent:sent_digest", "head", True),
    Route("GET", "/subscriptions", "pushes.subscribing:subscription_list", "clerk", False),
    Route("POST", "/subscriptions", "pushes.subscribing:subscribe", "clerk", False),
    Route("POST", "/subscriptions/end", "pushes.subscribing:unsubscribe", "clerk", False),
    Route("GET", "/subscriptions/preview", "pushes.subscribing:preview", "clerk", False),
    Route("GET", "/audit", "trail:trail", "admin", False),
)
"""Method, path, page, least role (None: everybody's), within the regions of who looks."""
