"""Ports made real: database, keys, objects, scanners, carriers, flows, certificates, layouts, dossiers."""
