"""微信客服 (customers on personal WeChat): woken by callback, fetched and sent by calls."""
