"""The chat page: one HTML page, one stylesheet, one script, all served from here."""
