import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

/** The server's end of a WebSocket, as RFC 6455 says, for texts that come whole. */
export class Socket {
  onText: (text: string) => void = () => {}
  onClose: () => void = () => {}
  isOpen = true
  /** The code by which the other side has closed it. */
  closedWith: number | undefined
  readonly #stream: Duplex
  #rest: Buffer = Buffer.alloc(0)

  constructor(request: IncomingMessage, stream: Duplex) {
    this.#stream = stream
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64')
    stream.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
    stream.on('data', (chunk: Buffer) => this.#read(chunk))
    stream.on('error', () => {})
    stream.on('close', () => {
      this.isOpen = false
      this.onClose()
    })
  }

  send(text: string): void {
    this.#write(1, Buffer.from(text))
  }

  close(code: number): void {
    const payload = Buffer.alloc(2)
    payload.writeUInt16BE(code)
    this.#write(8, payload)
    this.#stream.end()
  }

  destroy(): void {
    this.#stream.destroy()
  }

  #write(opcode: number, payload: Buffer): void {
    const { length } = payload
    const head =
      length < 126 ? Buffer.from([0x80 | opcode, length]) : Buffer.from([0x80 | opcode, 126, length >> 8, length & 255])
    if (this.#stream.writable) this.#stream.write(Buffer.concat([head, payload]))
  }

  #read(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk])
    while (this.#rest.length >= 2) {
      const short = this.#rest[1]! & 127
      const start = short === 126 ? 4 : 2
      if (this.#rest.length < start + 4) return
      const length = short === 126 ? this.#rest.readUInt16BE(2) : short
      const end = start + 4 + length
      if (this.#rest.length < end) return
      const mask = this.#rest.subarray(start, start + 4)
      const payload = Buffer.from(this.#rest.subarray(start + 4, end).map((byte, index) => byte ^ mask[index % 4]!))
      const opcode = this.#rest[0]! & 15
      this.#rest = this.#rest.subarray(end)
      if (opcode === 1) this.onText(payload.toString())
      if (opcode === 8) {
        this.closedWith = payload.length >= 2 ? payload.readUInt16BE(0) : 1005
        this.#write(8, payload)
        this.#stream.end()
      }
    }
  }
}
