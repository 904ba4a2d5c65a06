"""Its pages: the child and the household, what is recorded of them, asking at first contact, and merging."""
