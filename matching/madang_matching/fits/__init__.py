"""Fits: which calls an organisation may apply for and which serve it best."""

from madang_matching.fits.lists import default_fit_weights, programme_fits

__all__ = ["default_fit_weights", "programme_fits"]
