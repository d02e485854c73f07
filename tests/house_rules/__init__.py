"""Truths about the whole tree. Each failure names the file, the line and the rule."""
