"""What an answer or an action rests on, and what is said about an answer, where they are edited."""
