import { Agent, request } from 'node:http'
import { signatureOf } from './echo-bot.ts'

// People who write as fast as they are acknowledged, over connections that are kept. Prints what it measured as JSON.

const { LOAD_PORTS = '', LOAD_SECONDS = '10', LOAD_CONNECTIONS = '32', LOAD_ROOMS = '500' } = process.env
const ports = LOAD_PORTS.split(',')
const agent = new Agent({ keepAlive: true, maxSockets: Number(LOAD_CONNECTIONS) })
const end = performance.now() + Number(LOAD_SECONDS) * 1000
const latencies: number[] = []
let failed = 0
let next = 0

function post(): Promise<void> {
  next += 1
  const body = JSON.stringify({
    room: `r${next % Number(LOAD_ROOMS)}`,
    text: `message ${next}, as long as a usual one is`,
  })
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-signature': signatureOf(body),
    'x-delivery': `load/${next}`,
  }
  const port = ports[next % ports.length]
  const began = performance.now()
  return new Promise((resolve) => {
    const sending = request(
      { agent, host: '127.0.0.1', port, path: '/desk/webhook', method: 'POST', headers },
      (response) => {
        response.resume()
        response.on('end', () => {
          if (response.statusCode === 200) latencies.push(performance.now() - began)
          else failed += 1
          resolve()
        })
      },
    )
    sending.on('error', () => {
      failed += 1
      resolve()
    })
    sending.end(body)
  })
}

async function write(): Promise<void> {
  while (performance.now() < end) await post()
}

await Promise.all(Array.from({ length: Number(LOAD_CONNECTIONS) }, write))
agent.destroy()
latencies.sort((one, other) => one - other)
const at = (part: number): number => latencies[Math.floor(part * (latencies.length - 1))] ?? Number.NaN
process.stdout.write(`${JSON.stringify({ acknowledged: latencies.length, failed, p50: at(0.5), p99: at(0.99) })}\n`)
