"""What staff do by chat: commands read out of a message, and done."""
