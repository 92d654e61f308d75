"""The database this product brings along, and what it asks of any database."""
