"""From notebooks to reports: run one, run many, write them safely, say from what they were made.

Import the module you need (`publish.run`, `publish.results`, `publish.html` …); nothing is loaded here.
"""
