"""Calls, as the shop's PBX tells them: one folder of `providers` for each kind of PBX."""
