"""A federation in memory: real offices, real seals, real parcels; only the clock, the wire and the stores are made."""

from comity.simulation.federation import SimulatedFederation
from comity.simulation.wire import Fate, Wire, calm

__all__ = ["Fate", "SimulatedFederation", "Wire", "calm"]
