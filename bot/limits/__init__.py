"""How much anybody may ask of the server: senders by message, addresses by refusal, heads by time.

Kept in memory, in each process for itself, of a bounded size.
"""
