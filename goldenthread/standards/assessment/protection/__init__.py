"""Strategy discussions, section 47 enquiries, and the clocks of the child protection procedures (1.5)."""
