"""What breaks a store, a server or a page? Trials with a short form in `make test` and full length in `make long`."""
