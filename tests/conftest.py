"""A slow machine is no failure: no deadline per example."""

from hypothesis import settings

settings.register_profile("mutasi", deadline=None)
settings.load_profile("mutasi")
