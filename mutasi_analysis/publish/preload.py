"""Imported once by the process that workers are forked from: what every report needs, so that no report waits for it.

Late imports, tables read from TOML and the search for fonts cost a report of one region 1.5 of 11.8 seconds of CPU, measured
with the profiler on. What few reports need is left to them: diff-diff with scipy.stats (one or two treated units) and holidays
(registers of complaints, read by another process) would make these imports a third longer.
"""

import gc
import sys
from importlib import import_module
from importlib.util import find_spec
from string import printable
from types import ModuleType

import numpy

# nothing that an import makes is garbage: not looking for it saves a tenth of the time
gc.disable()

HEAVY = (
    "pandas",
    "scipy.special",
    "scipy.optimize",
    "scipy.sparse.csgraph",
    "scipy.spatial",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_agg",
    "matplotlib_inline.backend_inline",
    "IPython.core.interactiveshell",
    "IPython.display",
    "papermill",
    "nbformat.v4",
    "python_calamine",
    "jinja2",
    "markdown_it",
    "babel.dates",
    "babel.numbers",
    "IPython.core.completer",
    "IPython.core.application",
    "IPython.core.completerlib",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.csvs",
    "pyarrow.pandas_compat",
    "mutasi_analysis.evaluation",
    "mutasi_analysis.sources",
    "mutasi_analysis.drawing",
    "mutasi_analysis.figures",
    "mutasi_analysis.tabulate",
    "mutasi_analysis.pages",
    "mutasi_analysis.wording",
    "mutasi_analysis.publish.execute",
    "mutasi_analysis.publish.export",
    "mutasi_analysis.publish.results",
    "mutasi_analysis.publish.shell",
)

#: nbformat validates with jsonschema, which imports these where they are installed (rfc3987_syntax alone takes 1.4 s) to check
#: addresses, durations and colours that notebooks do not have; marked as absent, they are done without
UNUSED = ("rfc3987_syntax", "rfc3986_validator", "isoduration", "webcolors", "uri_template")
for name in UNUSED:
    sys.modules.setdefault(name, None)  # type: ignore[arg-type]
# scipy takes every public name of numpy, and this one is imported when it is asked for: numpy's Fortran compiler, a twentieth of
# these imports. Who imports it by its name still gets it.
vars(numpy).setdefault("f2py", ModuleType("numpy.f2py"))

for name in HEAVY:
    if find_spec(name.partition(".")[0]) and find_spec(name):
        import_module(name)


def _read_once() -> None:
    """Tables of the package that every report reads, its templates, the rules of notebooks, and the fonts: read here, they are there
    in every fork."""
    import nbformat
    from matplotlib.backends.registry import backend_registry
    from matplotlib.figure import Figure

    from mutasi_analysis.drawing import svg
    from mutasi_analysis.evaluation.verdict import load_rule
    from mutasi_analysis.fields_of_study import field_text, load_professions, load_rules
    from mutasi_analysis.norms import titles
    from mutasi_analysis.publish.html import environment
    from mutasi_analysis.publish.manifest import package_versions
    from mutasi_analysis.publish.text import inline_html
    from mutasi_analysis.regions import code_list
    from mutasi_analysis.sources.aliases import aliases, words
    from mutasi_analysis.wording.catalogue import catalogue

    for table in (catalogue, aliases, words, code_list, package_versions, titles, load_rule, load_rules, load_professions):
        table()
    field_text("S-1")  # words and levels of education
    inline_html("")  # the parser of Markdown
    for template in ("report.html.j2", "blocks.html.j2"):
        environment().get_template(template)
    nbformat.validate(nbformat.v4.new_notebook())  # type: ignore[no-untyped-call]
    backend_registry.list_all()  # type: ignore[no-untyped-call]  # looks through all installed packages for more of them
    figure = Figure()
    figure.subplots().set_title("fonts")
    for number, weight in enumerate(("normal", "bold")):
        figure.text(0, number / 2, printable.strip(), weight=weight)
    svg(figure, salt="fonts")


_read_once()
# what stands now is left out of garbage collection: a fork that looks at it would copy its pages
gc.freeze()
gc.enable()
