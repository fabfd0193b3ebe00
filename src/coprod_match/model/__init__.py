"""Frozen values: what goes in, what comes out, and what the data files hold. No input or output here."""
