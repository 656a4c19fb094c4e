"""Every page of the console: who may see it, and whether regions limit what it shows."""

from __future__ import annotations

from bot.console import (
    entry,
    home,
    listing,
    overview,
    pushes,
    signing,
    trail,
    wecom_sign_in,
)
from bot.console.asked import faqs
from bot.console.asked import pages as asked
from bot.console.drafts import editing, history, one, publishing
from bot.console.drafts import listing as drafts
from bot.console.guard import Route
from bot.console.importing import review, uploading
from bot.console.notices import calendar
from bot.console.notices import pages as notices
from bot.console.pushes import sent, subscribing
from bot.console.talks import live, steps
from bot.console.talks import pages as talks
from bot.console.trying import page as trying
from bot.console.trying import past

_NUMBER = r"{number:[1-9]\d{0,8}}"
_NOTICE = "{id:[a-z0-9-]{1,61}}"

ROUTES: tuple[Route, ...] = (
    Route("GET", "/sign-in", signing.sign_in_page, None, False),
    Route("POST", "/sign-in", signing.sign_in, None, False),
    Route("GET", "/sign-in/wecom", wecom_sign_in.leave, None, False),
    Route("GET", "/sign-in/wecom/back", wecom_sign_in.come_back, None, False),
    Route("POST", "/sign-out", signing.sign_out, "clerk", False),
    Route("GET", "/password", signing.password_page, "clerk", False),
    Route("POST", "/password", signing.change_password, "clerk", False),
    Route("GET", "/account", home.account, "clerk", False),
    Route("GET", "/", home.home, "clerk", False),
    Route("GET", "/overview", overview.overview, "head", True),
    Route("GET", "/demands", listing.demand_list, "clerk", True),
    Route("POST", "/demands/act", listing.do_several, "clerk", True),
    Route("POST", "/demands/export", listing.export, "head", True),
    Route("GET", f"/demands/{_NUMBER}", entry.entry, "clerk", True),
    Route("POST", f"/demands/{_NUMBER}", entry.act, "clerk", True),
    Route("GET", "/questions", asked.question_list, "clerk", True),
    Route("GET", f"/questions/{_NUMBER}", asked.question, "clerk", True),
    Route("POST", f"/questions/{_NUMBER}", asked.answer, "clerk", True),
    Route("GET", f"/questions/{_NUMBER}/faq", faqs.faq_page, "clerk", True),
    Route("POST", f"/questions/{_NUMBER}/faq", faqs.keep_faq, "clerk", True),
    Route("GET", "/talks", talks.talk_list, "clerk", True),
    Route("GET", f"/talks/{_NUMBER}", talks.talk, "clerk", True),
    Route("POST", f"/talks/{_NUMBER}", steps.act, "clerk", True),
    Route("GET", f"/talks/{_NUMBER}/live", live.live, "clerk", True),
    Route("GET", "/notices", notices.notice_list, "clerk", False),
    Route("GET", f"/notices/{_NOTICE}", notices.notice, "clerk", False),
    Route("GET", "/calendar", calendar.calendar, "clerk", False),
    Route("GET", "/import", uploading.import_page, "admin", False),
    Route("POST", "/import", uploading.upload, "admin", False, uploading.ROOM),
    Route("GET", f"/import/{_NUMBER}", uploading.imported, "admin", False),
    Route("GET", f"/import/{_NUMBER}/{_NOTICE}", review.review, "admin", False),
    Route("POST", f"/import/{_NUMBER}/{_NOTICE}", review.save, "admin", False),
    Route("GET", "/drafts", drafts.draft_list, "admin", False),
    Route("POST", "/drafts", drafts.begin, "admin", False),
    Route("GET", "/drafts/history", history.history, "admin", False),
    Route("POST", "/drafts/history", history.roll_back, "admin", False),
    Route("GET", "/drafts/history/compare", history.compare, "admin", False),
    Route("GET", f"/drafts/{_NUMBER}", one.draft, "admin", False),
    Route("POST", f"/drafts/{_NUMBER}", one.change, "admin", False),
    Route("GET", f"/drafts/{_NUMBER}/file", editing.file_page, "admin", False),
    Route("POST", f"/drafts/{_NUMBER}/file", editing.save, "admin", False, editing.ROOM),
    Route("POST", f"/drafts/{_NUMBER}/problems", editing.problems, "admin", False, editing.ROOM),
    Route("GET", f"/drafts/{_NUMBER}/check", publishing.check_page, "admin", False),
    Route("POST", f"/drafts/{_NUMBER}/publish", publishing.publish, "admin", False),
    Route("GET", "/try", trying.form, "clerk", False),
    Route("POST", "/try", trying.ask, "clerk", False),
    Route("GET", "/turns", past.past, "clerk", False),
    Route("GET", "/pushes", pushes.push_list, "head", True),
    Route("POST", "/pushes/again", pushes.send_again, "head", True),
    Route("GET", "/pushes/sent", sent.sent_list, "head", True),
    Route("GET", f"/pushes/sent/{_NUMBER}", sent.sent_digest, "head", True),
    Route("GET", "/subscriptions", subscribing.subscription_list, "clerk", False),
    Route("POST", "/subscriptions", subscribing.subscribe, "clerk", False),
    Route("POST", "/subscriptions/end", subscribing.unsubscribe, "clerk", False),
    Route("GET", "/subscriptions/preview", subscribing.preview, "clerk", False),
    Route("GET", "/audit", trail.trail, "admin", False),
)
"""Method, path, handler, least role (None: everybody's), within the regions of who looks."""
