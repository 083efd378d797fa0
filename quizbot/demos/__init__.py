"""Numeric demos: a light registry, and one module a demo that yields frames."""
