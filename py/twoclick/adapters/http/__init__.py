"""Asking deployments without a browser: the only place, beside the relay, that knows httpx."""

from twoclick.adapters.http.asking import Asking
from twoclick.adapters.http.bodies import LARGEST_ANSWER
from twoclick.adapters.http.carrier import Carrier
from twoclick.adapters.http.secret import Secret

__all__ = ["LARGEST_ANSWER", "Asking", "Carrier", "Secret"]
