"""Carrying events and papers between offices, once, with evidence. Knows neither law nor procedures."""
