"""What can go wrong with local services, each case with its remedy.

LocalServiceError
├── JarFetchError        a pinned jar could not be fetched, or arrived with another hash
├── DataFolderError      the data folder cannot be written, or is damaged
├── DiskFullError        too little room for the data folder
├── PortInUseError       the wished port belongs to someone else
├── ServiceStartError    a server ended or stayed silent while starting
├── AlreadyRunningError  another demo owns this data folder
└── AssetBuildError      npm or esbuild failed
"""

from __future__ import annotations

from pathlib import Path


class LocalServiceError(Exception):
    """Root of the package; the message says what to do."""


class JarFetchError(LocalServiceError):
    """A pinned jar could not be fetched, or arrived with another hash."""

    def __init__(self, coordinate: str, reason: str) -> None:
        self.coordinate = coordinate
        super().__init__(
            f"Could not fetch {coordinate}: {reason}. Check the connection to the Maven registry and start again; "
            "what has already arrived is kept."
        )


class DataFolderError(LocalServiceError):
    """The data folder cannot be written, or a file in it is damaged."""

    def __init__(self, folder: Path, reason: str, remedy: str) -> None:
        self.folder = folder
        super().__init__(f"The data folder {folder} cannot be used: {reason}. {remedy}")


class DiskFullError(LocalServiceError):
    """Too little room for the data folder."""

    def __init__(self, folder: Path, free_mb: int, needed_mb: int) -> None:
        self.folder = folder
        super().__init__(
            f"Only {free_mb} MB are free where {folder} lies; {needed_mb} MB are needed. "
            "Free some space, or choose another place with --data-dir."
        )


class PortInUseError(LocalServiceError):
    """The wished port belongs to someone else."""

    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__(f"Port {port} is in use by another program. Choose another with --port, or stop that program.")


class ServiceStartError(LocalServiceError):
    """A server ended or stayed silent while starting."""

    def __init__(self, service: str, log: Path, tail: str) -> None:
        self.service = service
        super().__init__(f"{service} did not start. The end of its log ({log}):\n{tail}")


class AlreadyRunningError(LocalServiceError):
    """Another demo owns this data folder."""

    def __init__(self, folder: Path, address: str | None) -> None:
        self.address = address
        where = f"Open {address}" if address else "It is still starting; its address will be shown there"
        super().__init__(f"A demo is already running on {folder}. {where}, or choose another --data-dir.")


class AssetBuildError(LocalServiceError):
    """npm or esbuild failed."""

    def __init__(self, step: str, output: str) -> None:
        super().__init__(f"Building the page assets failed at `{step}`:\n{output}")
