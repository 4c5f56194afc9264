"""The time of day in the browser."""

import time


class BrowserClock:
    """A `ports.clock.Clock` over the browser's clock."""

    def now(self) -> int:
        """Milliseconds since 1970, UTC."""
        return int(time.time() * 1000)
