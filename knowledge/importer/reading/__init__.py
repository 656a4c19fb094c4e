"""Files of every kind -> `Page`."""
