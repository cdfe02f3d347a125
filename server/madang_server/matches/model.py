"""The fitted weights of the partner score: fitted from history by a match run, kept as JSON in the data folder."""

from __future__ import annotations

from pathlib import Path

import structlog
from madang_matching.partners import default_partner_weights, fit_partner_weights
from madang_matching.profiles import Profiles
from madang_matching.scoring import Weights, load_weights, save_weights

from madang_server.settings import Settings

log = structlog.get_logger("madang.matches")


def model_file(settings: Settings) -> Path:
    """Return where the weights are kept. Workers on other machines need the same folder, or score with the defaults."""
    return settings.data_dir / "models" / "partners.json"


def fit_model(settings: Settings, profiles: Profiles) -> Weights:
    """Fit the weights on the joint projects of the profiles and keep them; the defaults where history is thin.

    A folder that cannot be written is logged; the run goes on with what it fitted.
    """
    weights = fit_partner_weights(profiles)
    try:
        save_weights(model_file(settings), weights)
    except OSError as error:
        log.warning("weights not kept", reason=error.strerror)
    return weights


def kept_model(settings: Settings) -> Weights:
    """Return the kept weights; the defaults, with a line in the log, when the file is missing, cut or foreign."""
    loaded = load_weights(model_file(settings), default_partner_weights())
    if loaded.problem is not None:
        log.warning("default weights serve", reason=loaded.problem)
    return loaded.weights
