"""Imported once by the process that workers are forked from: what every report needs, so that no report waits for it."""

import sys
from importlib import import_module
from importlib.util import find_spec

HEAVY = (
    "pandas",
    "scipy.stats",
    "scipy.special",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_agg",
    "matplotlib_inline.backend_inline",
    "IPython.core.interactiveshell",
    "IPython.display",
    "papermill",
    "nbformat.v4",
    "openpyxl",
    "python_calamine",
    "jinja2",
    "markdown_it",
    "babel.dates",
    "babel.numbers",
    "mutasi_analysis.evaluation",
    "mutasi_analysis.sources",
    "mutasi_analysis.figures",
    "mutasi_analysis.tabulate",
    "mutasi_analysis.wording",
    "mutasi_analysis.publish.execute",
    "mutasi_analysis.publish.export",
    "mutasi_analysis.publish.results",
    "mutasi_analysis.publish.shell",
)

# jsonschema, which nbformat validates with, imports this grammar where it is installed (1.4 s) to check addresses that
# notebooks do not have; marked as absent, it is done without.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

for name in HEAVY:
    if find_spec(name.partition(".")[0]) and find_spec(name):
        import_module(name)
