"""What keeps personal data no longer, and under no older key, than the settings say."""
