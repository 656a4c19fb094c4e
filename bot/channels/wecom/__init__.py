"""WeCom (企业微信), a self-built app: its callback, and messages that it sends by itself."""
