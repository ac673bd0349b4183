"""What breaks a store, a server or a page? Trials with a short form in `make ci` and full length in `make long`."""
