"""Several processes that serve one address together, and who looks after them."""
