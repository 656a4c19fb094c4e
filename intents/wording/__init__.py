"""Every sentence that the bot says to a user, one module a subject, so that it is read in one place."""
