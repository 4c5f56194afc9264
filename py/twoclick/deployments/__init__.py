"""Deployments: models behind a URL, asked by the protocol that their server speaks.

Nothing here opens a connection.  A protocol is a generator that yields requests, is sent the
responses, and returns what they say: the page carries them through its service worker, the command
line by httpx.
"""
