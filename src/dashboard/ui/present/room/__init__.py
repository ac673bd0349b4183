"""The voting room: its pages, its ballot, its gate."""
