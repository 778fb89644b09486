"""The main job, shown: three offices as real processes on this machine, and two stories played through them as their people would."""

from comity.demo.play import play

__all__ = ["play"]
