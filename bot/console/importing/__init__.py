"""Notices brought in by upload: read in a process of their own, looked over beside their text."""
