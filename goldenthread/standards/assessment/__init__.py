"""Standard 2, assessment: a room of alcoves, each a small app with the furniture of a room. See docs/decisions/0012."""
