"""How soon the console's lists are there: a hundred thousand demands, a thousand notices."""
