"""Objects for tests and for the demo data: valid, plain, no surprises."""
