"""The kinds of slots: each module turns what was typed into a value, or says what is wrong."""
