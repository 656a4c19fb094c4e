"""A 智能机器人 of WeCom, alone or in groups: by a WebSocket or by callback."""
