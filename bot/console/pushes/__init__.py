"""What the assistant sends unasked: what failed, what was sent, who gets what."""

from bot.console.pushes.failed import push_list, send_again

__all__ = ["push_list", "send_again"]
