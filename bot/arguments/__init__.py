"""What each command takes, by its name in `ARGUMENTS` of one of these modules."""
