"""`make bench`: the product on a large base, timed as its users meet it."""
