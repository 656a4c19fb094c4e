"""Official notices as published -> drafts of their YAML, each value with the span it was read from.

`reading` makes a `Page` of a file, `outline` finds its places, one module a kind of fact reads
the places, `draft` puts it together. Nothing here adds what the text does not hold.
"""
