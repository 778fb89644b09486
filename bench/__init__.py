"""Measurements: ratios within one run, on this machine, printed and kept in artefacts/. Nothing here is asserted in a test."""
