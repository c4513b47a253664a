#!/usr/bin/env python3
"""A chat in a terminal that loses nothing: it keeps each line until the server has stored it, and comes back after whatever happens
to the connection, without a gap and without anything twice.

    pip install websockets        (or: apt install python3-websockets)
    python3 chat.py http://localhost:8080 general ann

Lines are messages; /history, /who, /help and the other commands work; the end of the input leaves. What goes over the wire:
docs/protocol.md.
"""

import asyncio
import json
import random
import re
import sys
import threading
import urllib.parse
import uuid

import websockets


class Chat:
    def __init__(self, server, room, username):
        self.url = re.sub("^http", "ws", server).rstrip("/") + "/ws/" + urllib.parse.quote(room, safe="")
        self.username = username
        self.socket = None
        self.welcomed = False
        self.ended = False  # the input
        self.attempts = 0
        # What is needed to come back: who we are, which log it was, how far we have seen it, and what is not stored for certain.
        self.token = None
        self.epoch = None
        self.seq = None
        self.pending = {}  # nonce -> content, in the order of typing

    async def run(self):
        while True:
            code, reason = await self.connection()
            self.welcomed = False
            if code == 1000:
                return 0
            if 4000 <= code < 4100:  # coming back is no use
                print(f"Closed: {reason or code}", file=sys.stderr)
                return 1
            # With full jitter, so that not all clients come back at the same moment; at once if the server asks for it.
            most = 0 if code >= 4200 else min(30, 0.5 * 2**self.attempts)
            self.attempts += 1
            await asyncio.sleep(random.uniform(0, most))

    async def connection(self):
        try:
            async with websockets.connect(self.url, subprotocols=["chat.v1.json"], max_size=2**21) as self.socket:
                await self.send(
                    type="Hello", ref="hello", token=self.token, username=self.username, since=self.seq, epoch=self.epoch
                )
                async for frame in self.socket:
                    await self.take(json.loads(frame))
                return self.socket.close_code, self.socket.close_reason
        except websockets.ConnectionClosed:
            return self.socket.close_code or 1006, self.socket.close_reason
        except (OSError, websockets.WebSocketException, asyncio.TimeoutError):
            return 1006, ""

    async def send(self, **message):
        try:
            await self.socket.send(json.dumps({key: value for key, value in message.items() if value is not None}))
        except websockets.ConnectionClosed:
            pass  # the connection's end is seen by whoever reads from it

    async def take(self, message):
        kind = message["type"]
        if kind == "Welcome":
            if message.get("ref") != "hello":
                return
            self.token = message.get("token", self.token)
            if not message["recovered"]:
                self.seq = message["head"]  # the stream begins there
            self.epoch = message.get("epoch", self.epoch)
            self.welcomed = True
            self.attempts = 0
            for nonce in list(self.pending):
                await self.say(nonce)
        elif kind == "Ack":
            self.pending.pop(message.get("nonce"), None)
            if not message["duplicate"]:
                self.seq = max(self.seq, message["seq"])  # our own event, in its place
        elif kind == "Batch":
            for event in message["events"]:
                if message["kind"] == "history":  # an answer, which moves nothing
                    show(event)
                else:
                    await self.take(event)
        elif kind == "Error":
            await self.refused(message)
        elif kind == "Notice":
            print(message["message"], flush=True)
        elif kind == "Presence":
            names = ", ".join(user["username"] for user in message.get("users", []))
            print(f"{message['count']} here: {names}", flush=True)
        elif message.get("room") is not None and message.get("seq", 0) > self.seq:
            self.seq = message["seq"]
            self.pending.pop(message.get("nonce"), None)  # our own, from before the connection broke: as good as an Ack
            show(message)
        await self.leave_when_done()

    async def refused(self, error):
        print(error["message"], file=sys.stderr, flush=True)
        ref = error.get("ref")
        if ref in self.pending:
            if error["retryable"]:
                delay = error.get("retryAfterMs", 1000) / 1000
                loop = asyncio.get_running_loop()
                loop.call_later(delay, lambda: loop.create_task(self.say(ref)))
            else:
                del self.pending[ref]

    async def say(self, nonce):
        if self.welcomed and nonce in self.pending:
            await self.send(type="Message", ref=nonce, nonce=nonce, content=self.pending[nonce])

    async def typed(self, line):
        if line is None:
            self.ended = True
            await self.leave_when_done()
        elif line.startswith("/") and not self.welcomed:
            print("Not connected; please try again.", file=sys.stderr, flush=True)
        elif line == "/history":
            await self.send(type="History", limit=20)
        elif line.startswith("/"):
            await self.socket.send(line)
        elif line.strip():
            nonce = str(uuid.uuid4())
            self.pending[nonce] = line
            await self.say(nonce)

    async def leave_when_done(self):
        if self.ended and self.welcomed and not self.pending:
            await self.send(type="Leave")


def show(event):
    kind = event["type"]
    if kind == "NewMessage" and event.get("action"):
        print(f"* {event['username']} {event['content']}", flush=True)
    elif kind == "NewMessage":
        print(f"[{event['username']}] {event.get('content', '(deleted)')}", flush=True)
    elif kind == "UserJoined":
        print(f"--> {event['username']}", flush=True)
    elif kind == "UserLeft":
        print(f"<-- {event['username']}", flush=True)


async def main():
    arguments = sys.argv[1:] + ["http://localhost:8080", "general", "ann"][len(sys.argv) - 1 :]
    chat = Chat(*arguments[:3])
    loop = asyncio.get_running_loop()

    def read():
        for line in sys.stdin:
            asyncio.run_coroutine_threadsafe(chat.typed(line.rstrip("\n")), loop)
        asyncio.run_coroutine_threadsafe(chat.typed(None), loop)

    running = asyncio.create_task(chat.run())
    threading.Thread(target=read, daemon=True).start()
    return await running


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
