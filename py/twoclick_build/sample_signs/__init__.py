"""The sample project "Signs": drawn walls with lettering at angles and along curves."""

from twoclick_build.sample_signs.project import write_sample
from twoclick_build.sample_signs.wall import DrawnWall, draw_wall

__all__ = ["DrawnWall", "draw_wall", "write_sample"]
