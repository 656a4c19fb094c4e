"""How people mistype: sounds, shapes, everyday words, and what a slip may have been meant to be."""
