"""The peers, a bare handler and us under one load: plain Official Account messages, signed, each
with its own id.

Each peer is installed into an environment of its own outside the tree; `apps/` are written for
those environments and import nothing of ours.
"""
