"""A matplotlib figure → SVG in one traversal.

`Figure.savefig` draws a figure with a layout twice, and every traversal finds ticks, measures labels and looks up fonts anew,
about ten times a figure. Here the layout is found and the figure drawn with one renderer that remembers what it measured and
wrote, and axes find their ticks once for every place the layout gives them. The bytes are those that `savefig` writes (tested).
"""

from mutasi_analysis.drawing.axes import PlainAxes, Written
from mutasi_analysis.drawing.settings import settings
from mutasi_analysis.drawing.vector import svg

__all__ = ["PlainAxes", "Written", "settings", "svg"]
