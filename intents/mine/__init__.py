"""The sender's own demands: where they stand, changing them, and taking them back."""
