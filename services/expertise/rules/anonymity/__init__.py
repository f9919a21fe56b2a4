"""Anonymity of an entry: what in its words and files tells whose it is (F18)."""
