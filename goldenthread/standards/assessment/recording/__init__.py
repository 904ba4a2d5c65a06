"""What is recorded of visits, calls and meetings, and how soon after they happened (2.3)."""
