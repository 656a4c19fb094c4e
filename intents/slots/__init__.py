"""One module a kind of slot: a user's words -> `Value`, or a `Problem` said kindly in Chinese."""
