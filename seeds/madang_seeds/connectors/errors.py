"""What can go wrong between us and a source of notices.

ConnectorError
├── MissingKeyError        the setting with the key of the source is empty
├── NoWebAddressError      the setting with the address of the source is no http or https address
├── RefusedBySourceError   the source answered that it will not: key, quota, request
├── StatusError            an HTTP status that another try does not change
└── BrokenSourceError      no usable answer after all tries
"""

from __future__ import annotations


class ConnectorError(Exception):
    """Root of the errors of connectors. No message holds an address with a key in it."""


class MissingKeyError(ConnectorError):
    def __init__(self, source: str, variable: str) -> None:
        super().__init__(f"{source} asks for a key. Set {variable} and try again.")


class NoWebAddressError(ConnectorError):
    def __init__(self, source: str) -> None:
        super().__init__(f"The address of {source} must begin with https:// or http://.")


class StatusError(ConnectorError):
    def __init__(self, status: int) -> None:
        super().__init__(f"The source answered with HTTP status {status}. Check its address and key.")


class RefusedBySourceError(ConnectorError):
    """`code` is the source's own."""

    def __init__(self, code: str, reason: str) -> None:
        self.code = code
        super().__init__(f"The source refuses the request (code {code or '?'}): {reason or 'no reason given'}.")


class BrokenSourceError(ConnectorError):
    def __init__(self, page: int, why: str, tries: int) -> None:
        super().__init__(f"Page {page} could not be had in {tries} tries: {why}. Try again later.")
