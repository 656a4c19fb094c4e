"""Every sentence that the bot says to a user, one module a subject, to be read in one place."""
