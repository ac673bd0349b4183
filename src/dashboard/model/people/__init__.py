"""Values of people: who is signed in, and what they were granted."""
