"""Forward-only migrations, run by `Database.open`; never edited once released."""
