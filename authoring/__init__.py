"""For authors: lessons are written here, and built, checked and measured from here."""
