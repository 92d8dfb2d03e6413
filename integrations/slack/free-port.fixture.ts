import { type AddressInfo, createServer } from 'node:net'

/** A port that is free, for an emulator that listens where it is told to. */
export async function freePort(): Promise<number> {
  const socket = createServer()
  await new Promise<void>((resolve) => {
    socket.listen(0, '127.0.0.1', resolve)
  })
  const { port } = socket.address() as AddressInfo
  await new Promise((resolve) => {
    socket.close(resolve)
  })
  return port
}
