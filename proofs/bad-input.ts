import { spawn } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import { table } from './report.ts'

const canary = `canary-${randomBytes(12).toString('hex')}`
const adminToken = `admin-${randomBytes(12).toString('hex')}`

interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}
interface Kind {
  readonly name: string
  /** How many of a hundred. */
  readonly share: number
  send(port: number): Promise<number>
}

const pick = <T>(values: readonly T[]): T => values[Math.floor(Math.random() * values.length)] as T
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const signatureOf = (body: Uint8Array): string => createHmac('sha256', canary).update(body).digest('hex')
const agent = new Agent({ keepAlive: true, maxSockets: 32 })

const paths = `/desk/webhook /desk /desk/ /webchat/ /webchat/session /webchat/messages /webchat/history /webchat/events
  /webchat/embed.js /webchat/conversations /webchat/typing /webchat/receipts /webchat/files /webchat/files/x
  /webchat/files?name=x&clientMessageId=x /webchat/messages/x /webchat/messages/x/reactions
  /admin/bindings /admin/bindings/bot/x /admin/installations /admin/dead-letters /admin/traces /metrics /health /ready
  / // /.. /% /%00 /%2e%2e/%2e%2e/etc/passwd /__proto__/webhook /constructor/webhook /toString
  /desk/webhook/../../admin/bindings`.split(/\s+/)
const words = [
  '',
  'null',
  '0',
  '[]',
  '{}',
  '"text"',
  '{',
  '[[[',
  '{"room":',
  '\u0000',
  '\uFEFF{}',
  'room=1&text=2',
  'NaN',
]
const numbers: readonly unknown[] = [0, -1, 1e308]
const texts: readonly unknown[] = [
  '',
  'x'.repeat(5000),
  "'; drop table messages; --",
  '\u0000',
  '\uD800',
  '\u202E',
  '<script>',
]
const others: readonly unknown[] = [null, true, [], {}, { $ne: null }, ['a'], { toString: 1 }]
const values = [...numbers, ...texts, ...others]
const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
const polluting = [
  '{"__proto__":{"polluted":true},"room":"","text":"x"}',
  '{"constructor":{"prototype":{"polluted":true}},"room":1,"text":"x"}',
  '{"room":{"__proto__":{"polluted":true}},"text":"x"}',
]

function badBody(): Uint8Array {
  const chance = Math.random()
  if (chance < 0.2) return new Uint8Array(randomBytes(Math.floor(Math.random() * 300)))
  if (chance < 0.4) return bytes(pick(words))
  if (chance < 0.5) return bytes(deep(Math.floor(Math.random() * 20_000)))
  if (chance < 0.65) return bytes(pick(polluting))
  if (chance < 0.75) return new Uint8Array([...bytes('{"room":"'), 0xc3, 0x28, 0xff, 0xfe, ...bytes('","text":1}')])
  return bytes(JSON.stringify({ room: pick(values.filter((value) => !isRoom(value))), text: pick(values) }))
}
const isRoom = (value: unknown): boolean => typeof value === 'string' && value.length > 0 && value.length <= 100

const headerValues = [
  '',
  'x',
  'x'.repeat(4000),
  '../..',
  '{}',
  'Bearer',
  'Bearer x.y',
  `Bearer ${'a'.repeat(60)}.${'b'.repeat(43)}`,
]
const badHeaders = (): Record<string, string> => ({
  'content-type': pick(['application/json', 'text/plain', 'multipart/form-data', 'x/y; charset=utf-7', '']),
  ...(Math.random() < 0.5 && { 'x-signature': pick([...headerValues, 'zz', '00'.repeat(32)]) }),
  ...(Math.random() < 0.5 && { 'x-delivery': pick(headerValues) }),
  ...(Math.random() < 0.5 && { authorization: pick(headerValues) }),
  ...(Math.random() < 0.3 && { 'last-event-id': pick(headerValues) }),
  ...(Math.random() < 0.3 && { origin: pick(['null', 'https://evil.example', 'http://localhost']) }),
})

/** Sends a request. Gives the status; 0 where the connection was closed instead. */
function ask(port: number, { method, path, headers, body }: Asked): Promise<number> {
  return new Promise((resolve) => {
    let sending: ReturnType<typeof request>
    try {
      sending = request({ agent, host: '127.0.0.1', port, method, path, headers }, (response) => {
        const status = response.statusCode ?? 0
        // A stream of events has no end.
        if (response.headers['content-type']?.startsWith('text/event-stream')) response.destroy()
        else response.resume()
        response.once('close', () => resolve(status))
      })
    } catch {
      resolve(0)
      return
    }
    sending.on('error', () => resolve(0))
    sending.setTimeout(20_000, () => sending.destroy())
    sending.end(body)
  })
}

/** Writes bytes to a connection, and gives the status of what comes back; 0 where nothing does. */
function write(port: number, parts: readonly (string | Uint8Array)[], pause = 0): Promise<number> {
  return new Promise((resolve) => {
    let said = ''
    const socket = connect(port, '127.0.0.1')
    const done = (): void => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? 0))
    socket.on('data', (chunk) => (said += chunk.toString('latin1')))
    socket.on('error', done)
    socket.on('close', done)
    void (async () => {
      for (const part of parts) {
        if (!socket.writable) return
        socket.write(part)
        if (pause > 0) await wait(pause)
      }
      await wait(50)
      socket.destroy()
    })()
  })
}

const post = (path: string, length: number | string): string =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`

const kinds: readonly Kind[] = [
  {
    name: 'bodies, paths and headers of every kind',
    share: 60,
    send: (port) =>
      ask(port, {
        method: pick(['POST', 'POST', 'GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']),
        path: pick(paths.filter((path) => path !== '/webchat/session')),
        headers: badHeaders(),
        body: badBody(),
      }),
  },
  {
    name: 'signed webhooks with bad bodies',
    share: 20,
    send: (port) => {
      const body = badBody()
      return ask(port, {
        method: 'POST',
        path: '/desk/webhook',
        headers: { 'x-signature': signatureOf(body), 'x-delivery': randomBytes(8).toString('hex') },
        body,
      })
    },
  },
  {
    name: 'webhooks whose signature is wrong in one byte',
    share: 10,
    send: (port) => {
      const body = bytes(JSON.stringify({ room: 'r', text: 'hello' }))
      const signature = Buffer.from(signatureOf(body), 'hex')
      const place = Math.floor(Math.random() * signature.length)
      signature[place] = (signature[place] ?? 0) ^ (1 << Math.floor(Math.random() * 8))
      return ask(port, {
        method: 'POST',
        path: '/desk/webhook',
        headers: { 'x-signature': signature.toString('hex'), 'x-delivery': 'once' },
        body,
      })
    },
  },
  {
    name: 'requests that are none, aborted uploads and wrong lengths',
    share: 9,
    send: (port) =>
      write(
        port,
        pick([
          ['GET / HTTP/9.9\r\n\r\n'],
          [new Uint8Array(randomBytes(200))],
          [post('/desk/webhook', 1000), '{"room":'],
          [post('/desk/webhook', -1), '{}'],
          [post('/desk/webhook', '1e9'), '{}'],
          [post('/desk/webhook', 2), '{}{}{}'],
          ['POST /desk/webhook HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n'],
          ['POST /desk/webhook HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab'],
          [`GET /${'x'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`],
          [`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`],
          ['POST /desk/webhook HTTP/1.1\r\n'],
        ]),
      ),
  },
  {
    name: 'bodies above the limit',
    share: 0.5,
    send: (port) =>
      ask(port, { method: 'POST', path: '/desk/webhook', headers: {}, body: new Uint8Array(1_048_577 + 100) }),
  },
  {
    name: 'slow clients',
    share: 0.5,
    send: (port) => write(port, post('/desk/webhook', 300).slice(0, 60).split(''), 30),
  },
]

/** Sends so many bad requests. All is well if nothing failed, was stored or was told that must not be. */
export async function badInput(count: number): Promise<{ text: string; passed: boolean }> {
  const folder = mkdtempSync(join(tmpdir(), 'plugboard-bad-input-'))
  const [port, store] = [await freePort(), join(folder, 'guarded.sqlite')]
  const server = spawn(
    process.execPath,
    ['-C', '@plugboard/source', join(import.meta.dirname, 'guarded-bot.ts'), '--port', String(port), '--store', store],
    {
      env: { ...process.env, SIGNING_SECRET: canary, PLUGBOARD_ADMIN_TOKEN: adminToken },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let logged = ''
  server.stdout.on('data', (chunk) => (logged += String(chunk)))
  server.stderr.on('data', (chunk) => (logged += String(chunk)))
  try {
    while (
      !(await fetch(`http://127.0.0.1:${port}/ready`).then(
        ({ ok }) => ok,
        () => false,
      ))
    ) {
      if (server.exitCode !== null) throw new Error(`The bot has ended: ${logged}`)
      await wait(20)
    }
    const before = rowsOf(store)
    const results: { kind: Kind; sent: number; statuses: Map<number, number> }[] = []
    for (const kind of kinds) {
      const amount = Math.max(20, Math.round((count * kind.share) / 100))
      const statuses = new Map<number, number>()
      let left = amount
      const sender = async (): Promise<void> => {
        while (left > 0) {
          left -= 1
          const status = await kind.send(port)
          statuses.set(status, (statuses.get(status) ?? 0) + 1)
        }
      }
      await Promise.all(Array.from({ length: 32 }, sender))
      results.push({ kind, sent: amount, statuses })
    }
    const after = rowsOf(store)
    const lives = await fetch(`http://127.0.0.1:${port}/health`).then(
      ({ ok }) => ok,
      () => false,
    )
    const failed = results.reduce(
      (sum, { statuses }) => sum + [...statuses].reduce((all, [status, times]) => all + (status >= 500 ? times : 0), 0),
      0,
    )
    const written = Object.keys(after).filter((name) => after[name] !== before[name])
    const leaks = [logged, ...readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'))].filter(
      (said) => said.includes(canary) || said.includes(adminToken),
    ).length
    const text = [
      table(
        ['bad input', 'requests', 'answers (0: the connection was closed)'],
        results.map(({ kind, sent, statuses }) => [
          kind.name,
          sent,
          [...statuses]
            .toSorted(([one], [other]) => one - other)
            .map(([status, times]) => `${status}: ${times}`)
            .join(', '),
        ]),
      ),
      '',
      `Answers of 500 and above: ${failed}. Crashes: ${lives ? 0 : 1}. Tables with other rows than before: ${written.join(', ') || 'none'}. Logs and files with a secret in them: ${leaks}.`,
    ].join('\n')
    return { text, passed: failed === 0 && lives && written.length === 0 && leaks === 0 }
  } finally {
    server.kill('SIGKILL')
    agent.destroy()
    rmSync(folder, { recursive: true })
  }
}

/** How many rows each table has; what tells that a process lives changes all the time. */
function rowsOf(path: string): Record<string, number> {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    const tables = database.prepare("select name from sqlite_master where type = 'table'").all()
    return Object.fromEntries(
      tables
        .map(({ name }) => String(name))
        .filter((name) => name !== 'workers')
        .map((name) => [name, Number(database.prepare(`select count(*) as n from "${name}"`).get()?.['n'])]),
    )
  } finally {
    database.close()
  }
}
