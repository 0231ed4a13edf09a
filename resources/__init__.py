"""Icons, example files, translations and the theme."""
