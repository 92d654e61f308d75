"""The kinds of PBX that are understood; adding one is adding a folder and a line here.

A provider's `parse` module has `is_signed(sent, secret, at)` and `words(sent)`; its `dial` module
has `request(url, wish)`, which asks the PBX to connect the two, and `is_taken(answer)`.
"""
