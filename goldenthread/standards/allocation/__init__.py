"""Standard 3: children have a worker, and nobody is forgotten. A room of alcoves, as assessment is."""
