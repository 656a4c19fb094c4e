"""One module a platform: bytes to `Message`, `Reply` to bytes that fit, and nothing else."""
