"""A WebSocket client that is not ours: each line of the input is sent as a text message, each
message that arrives is printed as a line. Needs python3-websockets."""

import asyncio
import sys

import websockets


async def main(uri):
    async with websockets.connect(uri, subprotocols=["skein.v1.json"], compression=None) as socket:
        print("subprotocol " + str(socket.subprotocol), flush=True)
        loop = asyncio.get_running_loop()

        async def send_lines():
            while True:
                line = await loop.run_in_executor(None, sys.stdin.readline)
                if not line:
                    await socket.close()
                    return
                await socket.send(line.rstrip("\n"))

        sender = asyncio.create_task(send_lines())
        try:
            async for message in socket:
                print(message, flush=True)
        except websockets.ConnectionClosedError as closed:
            print(f"closed {closed.code}", flush=True)
        sender.cancel()


asyncio.run(main(sys.argv[1]))
