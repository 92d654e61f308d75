"""Dictionaries that go out to a table program and come back, through django-import-export."""
