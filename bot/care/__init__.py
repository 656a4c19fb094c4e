"""What those who run the assistant see of it, and what they need to keep it: metrics, backups."""
