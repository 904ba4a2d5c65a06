"""The pages of temporary accommodation."""
