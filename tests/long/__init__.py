"""What breaks a store, a server or a page? Trials that run short in `make test` and at full length in `make long`."""
