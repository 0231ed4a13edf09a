"""Taking things out and in: pictures, animations, tables and code."""
