"""How a demand form is filled in: what a message tells, what it changes, what is asked next."""
