"""The notices as they are served: which there are, what each says, and when what is due."""
