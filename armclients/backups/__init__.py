"""The shop's data in one file, and back."""
