"""Messages between services: typed contracts, outbox, relay, transports, inbox, processor, desk."""
