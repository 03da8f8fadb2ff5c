"""A line between command line and agent, with somebody at the agent's end."""

from __future__ import annotations

from pathlib import Path

from tray_agent.ports import Channel
from tray_agent.shell import ipc
from tray_agent.shell.ipc import ChannelServer, IpcServer
from tray_agent.shell.loop import SelectorLoop
from tray_agent.shell.messages import Handle


def serve(
    loop: SelectorLoop, path: Path, handle: Handle, channel: Channel | None = None
) -> IpcServer | ChannelServer:
    """Take the agent's place and answer from the beginning; raises as both do."""
    server = ipc.place(loop, path, channel)
    try:
        server.begin(handle)
    except OSError:
        server.close()
        raise
    return server
