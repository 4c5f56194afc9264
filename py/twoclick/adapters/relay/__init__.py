"""The relay: serves the page, and one deployment under the page's own address.

A page may not ask most deployments: they send no CORS headers, and a page of a public host may not
reach servers of this machine.  Under its own address it may.
"""
