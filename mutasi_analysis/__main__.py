"""`python -m mutasi_analysis`: the commands where the script `mutasi` is not on the path."""

from mutasi_analysis.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
