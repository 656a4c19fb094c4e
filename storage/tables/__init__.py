"""The tables by family; `storage.schema` has them all."""
