"""The network page inside a notebook: a frame that holds the whole page and can reach nothing else."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from graph.draw import render_page

if TYPE_CHECKING:
    from pyvis.network import Network

HEIGHT = 640
"""Of the frame, in pixels."""

SANDBOX = "allow-scripts allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox"
"""What the page may do in its frame: run its own script, save a picture, print, open a link.

It shares nothing with the notebook around it."""


class NetworkView:
    """A network page that a notebook shows where the object stands at the end of a cell.

    Attributes:
        page: the page, the same text that ``caregraph draw`` writes.
        title: its title.
        height: of the frame, in pixels.
    """

    def __init__(self, page: str, *, title: str, height: int = HEIGHT) -> None:
        self.page = page
        self.title = title
        self.height = height

    def __repr__(self) -> str:
        """Say what it is, where no page can be shown."""
        return f"<NetworkView {self.title!r}: shown as a page in a notebook>"

    def _repr_html_(self) -> str:
        """Return the page in a frame; the notebook asks for this."""
        page = self.page.encode("utf-8", "backslashreplace").decode()
        return (
            f'<iframe title="{escape(self.title)}" sandbox="{SANDBOX}" srcdoc="{escape(page)}" '
            f'style="width: 100%; height: {int(self.height)}px; border: 1px solid #d8dde2"></iframe>'
        )


def show_network(drawn: Network, *, title: str = "Who works with whom", height: int = HEIGHT) -> NetworkView:
    """Return a view of a drawn network, with all that the user changed in it, for a notebook to show.

    Args:
        drawn: the network.
        title: of the page.
        height: of the frame, in pixels.
    """
    return NetworkView(render_page(drawn, title=title), title=title, height=height)
