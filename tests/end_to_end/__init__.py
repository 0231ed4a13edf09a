"""The whole window, used as people use it: by mouse and keys, and by a monkey."""
