"""A stand-in for the road between municipalities (eLTAX): notices go to their destination, returns come back.

A process of its own, speaking HTTPS with client certificates. It shares no code with the gate or the other stand-ins.
"""
