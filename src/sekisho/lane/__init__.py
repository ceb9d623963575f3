"""The entrance for parcels: a bare ASGI process, so that bytes are hashed and encrypted while they arrive."""
