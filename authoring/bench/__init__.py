"""Speed and memory, side by side: `make bench` writes docs/benchmarks.md.

Each module here that has a TITLE and a `section()` contributes a section, in order of the names;
`measuring` runs one thing in a process of its own.
"""
