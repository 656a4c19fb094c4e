"""The importer: from a published text to a draft."""
