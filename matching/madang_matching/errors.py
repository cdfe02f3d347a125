"""What can go wrong in matching.

MatchingError
├── RuleError          a rule tree or one of its conditions cannot be read
├── FactError          what is said of an applicant cannot be read
├── VectorShapeError   vectors of another length than the encoder's
├── VectorTableError   a table of vectors is of the wrong shape or holds a value that is no finite number
├── ExportError        a folder of exported tables cannot be read
├── ClusterError       blocks could not be computed on the Dask cluster
└── UnknownOrganisationError   asked about an organisation that the profiles do not hold
"""

from __future__ import annotations


class MatchingError(Exception):
    """Root of the errors of this package."""


class RuleError(MatchingError):
    """A rule tree cannot be read. `path` leads to the place, as in `rules.all[2].max_years`."""

    def __init__(self, path: str, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path}: {problem}")


class FactError(MatchingError):
    """A value said of an applicant cannot be read. `path` leads to it, as in `certificates[0].expires_on`."""

    def __init__(self, path: str, ko: str, en: str) -> None:
        self.path = path
        self.ko = ko
        self.en = en
        super().__init__(f"{path}: {en}")


class VectorShapeError(MatchingError):
    """A vector has another length than the encoder's."""

    def __init__(self, owner: str, shape: tuple[int, ...], expected: int) -> None:
        self.owner = owner
        super().__init__(f"The vector of {owner} has shape {shape}; expected ({expected},). Encode its text again.")


class VectorTableError(MatchingError):
    """A table of vectors cannot be searched. The message names the table, the problem and the first row that has it."""

    def __init__(self, name: str, problem: str) -> None:
        self.name = name
        super().__init__(f"The {name} {problem}.")


class ClusterError(MatchingError):
    """Blocks could not be computed on the Dask cluster at `scheduler`."""

    def __init__(self, scheduler: str, problem: str) -> None:
        self.scheduler = scheduler
        super().__init__(f"Dask at {scheduler}: {problem}.")


class UnknownOrganisationError(MatchingError):
    """Asked about an organisation that is not in the profiles."""

    def __init__(self, organisation_id: str) -> None:
        self.organisation_id = organisation_id
        super().__init__(f"Organisation {organisation_id} is not in the profiles. Build them from a newer snapshot.")


class ExportError(MatchingError):
    """A table of an export cannot be read. `row` counts from 1, the header; 0: the whole file."""

    def __init__(self, file: str, problem: str, row: int = 0, column: str = "") -> None:
        self.file = file
        self.row = row
        self.column = column
        self.problem = problem
        place = "".join([f", row {row}" if row else "", f", column {column}" if column else ""])
        super().__init__(f"{file}{place}: {problem}")
