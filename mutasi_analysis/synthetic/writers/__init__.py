"""The ways in which agencies send their files: one module per style, each a statement of the format of its own."""
