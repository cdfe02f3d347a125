"""The model that scores: fitted on the graph, kept in the data folder, read again by whoever makes lists."""

from __future__ import annotations

import time
from dataclasses import dataclass

import structlog
from madang_matching.eligibility.dates import SEOUL
from madang_matching.fits.fitting import fit_programme_weights
from madang_matching.partners.fitting import fit_partner_model
from madang_matching.profiles import Profiles
from madang_matching.records import Snapshot

from madang_server.matches.measuring import measure_partners, measure_programmes
from madang_server.matches.model_card import card_of
from madang_server.matches.model_shelf import ModelShelf
from madang_server.matches.models import Learnt, ModelFileError, Models, default_models
from madang_server.settings import Settings

log = structlog.get_logger("madang.matches")


@dataclass(frozen=True, slots=True)
class Serving:
    """The model that scores now."""

    models: Models
    version: str
    """Empty where the documented default weights serve."""
    problem: str | None = None
    """Why the defaults serve; pages then say "basic matching"."""


def shelf_of(settings: Settings) -> ModelShelf:
    """Return where models are kept. Workers on other machines need the same folder, or score with the defaults."""
    return ModelShelf(settings.data_dir / "models")


def fit_models(snapshot: Snapshot, profiles: Profiles, seed: int = 0) -> Models:
    """Learn from a snapshot and its profiles and measure on its latest part; the same input gives the same model."""
    began = time.perf_counter()
    metrics = (*measure_partners(profiles, seed), *measure_programmes(profiles, snapshot.memberships, seed))
    measured = time.perf_counter()
    models = Models(
        partners=fit_partner_model(profiles, seed),
        fits=fit_programme_weights(profiles, snapshot.memberships, seed),
        data_date=snapshot.taken_at.astimezone(SEOUL).date().isoformat(),
        seed=seed,
        learnt=Learnt(
            len(snapshot.organisations), len(snapshot.projects), len(snapshot.memberships), len(snapshot.judgements)
        ),
        metrics=metrics,
    )
    fitted = time.perf_counter()
    log.info("model fitted", measure_s=round(measured - began, 2), fit_s=round(fitted - measured, 2))
    return models


def keep_models(settings: Settings, models: Models, *, unless_held: bool = False) -> Serving:
    """Keep a version, make it serve, and remove old ones.

    A folder that cannot be written is logged, and the model serves this run all the same.

    Args: unless_held: leave the serving one where a person chose it.
    """
    shelf = shelf_of(settings)
    version = models.version
    try:
        shelf.add(models, card_of(models))
        if not (unless_held and is_held(shelf)):
            shelf.serve(version)
        old = shelf.prune()
        log.info("model kept", version=version, removed=len(old))
    except (OSError, ModelFileError) as error:
        log.warning("model not kept", version=version, reason=str(error))
        return Serving(models, version)
    return serving_models(settings)


def is_held(shelf: ModelShelf) -> bool:
    """Tell whether a person chose the version that serves, and it is sound."""
    try:
        pointer = shelf.pointer()
        shelf.read(pointer.version)
    except ModelFileError:
        return False
    return pointer.held


def serving_models(settings: Settings) -> Serving:
    """Return the model that serves; the documented defaults, with a line in the log, when it is missing or damaged."""
    shelf = shelf_of(settings)
    name = "serving.json"
    try:
        version = shelf.pointer().version
        name = version
        return Serving(shelf.read(version), version)
    except ModelFileError as error:
        reason = f"{name} {error.problem}"
        log.warning("default weights serve", reason=reason, remedy="run madang fit")
        return Serving(default_models(), "", reason)


def was_fitted(settings: Settings) -> bool:
    """Tell whether a model was ever made to serve here, sound or not."""
    return (shelf_of(settings).folder / "serving.json").exists()
