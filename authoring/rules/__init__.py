"""The rules for the text of a lesson: its code, its prose, its frame of metadata.

A rule is a function of a lesson that yields (line of the file, what to mend).
"""
