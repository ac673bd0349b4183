"""Sign-in, where people sign in: before pages, files, uploads, figures and connections."""
