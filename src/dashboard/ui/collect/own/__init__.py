"""What somebody who is signed in has to do."""
