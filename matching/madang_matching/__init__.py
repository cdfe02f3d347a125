"""Madang's matching: text, eligibility, fits, partners and clusters over plain records and arrays."""
