"""The pages of legal advice."""
