import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from './free-port.ts'

/** What is put under load. */
export interface LoadOptions {
  readonly what: string
  readonly seconds: number
  /** How many people write at once. */
  readonly atOnce: number
  readonly mode: 'plain' | 'raw' | 'bot'
  readonly processes?: number
  readonly environment?: Readonly<Record<string, string>>
  /** What follows on the command line of a bot. */
  readonly words?: readonly string[]
}

/** How it went. */
export interface Load {
  readonly what: string
  readonly acknowledged: number
  /** Acknowledgements a second. */
  readonly rate: number
  readonly failed: number
  /** Milliseconds until a message was acknowledged. */
  readonly p50: number
  readonly p99: number
  /** Milliseconds of processor time that the servers had for each message, with everything that they did for it. */
  readonly processor: number
  /** Seconds until everything was answered, after the last message; undefined if it never was, or there is nothing to answer. */
  readonly drained: number | undefined
  /** MiB in the end. */
  readonly memory: number
  readonly slope: Slope
}

/** How memory grows, in MiB an hour. */
export interface Slope {
  readonly value: number
  /** The standard error. */
  readonly error: number
}

interface Told {
  readonly memory: number
  readonly processor: number
  readonly sent: number
}

/** What comes first is not counted: this part of the time, in which memory grows to what is needed. */
const warmUp = 1 / 3

/** Puts servers under load for a while. */
export async function underLoad(options: LoadOptions): Promise<Load> {
  const { what, seconds, atOnce, mode, processes = 1, environment = {}, words = [] } = options
  const ports = await Promise.all(Array.from({ length: processes }, freePort))
  const env = {
    ...process.env,
    ...environment,
    LOAD_MODE: mode,
    LOAD_PORTS: ports.join(),
    LOAD_SECONDS: String(seconds),
    LOAD_CONNECTIONS: String(atOnce),
  }
  const servers = ports.map((port) =>
    spawn(
      process.execPath,
      ['-C', '@plugboard/source', join(import.meta.dirname, 'load-server.ts'), '--port', String(port), ...words],
      { env: { ...env, LOAD_PORT: String(port) }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    ),
  )
  try {
    await Promise.all(ports.map((port, index) => answering(port, servers[index] as ChildProcess)))
    const before = await askAll(servers)
    const client = spawn(process.execPath, ['-C', '@plugboard/source', join(import.meta.dirname, 'load-client.ts')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let printed = ''
    client.stdout.on('data', (chunk) => (printed += String(chunk)))
    const exited = once(client, 'exit')
    const samples = await sampled(servers, client, seconds)
    await exited
    const measured = JSON.parse(printed) as Pick<Load, 'acknowledged' | 'failed' | 'p50' | 'p99'>
    const drained = mode === 'bot' ? await untilAnswered(servers, measured.acknowledged) : undefined
    const after = await askAll(servers)
    return {
      ...measured,
      what,
      rate: measured.acknowledged / seconds,
      processor: (after.processor - before.processor) / measured.acknowledged,
      drained,
      memory: after.memory,
      slope: slopeOf(samples),
    }
  } finally {
    for (const server of servers) server.kill('SIGKILL')
  }
}

/** Pairs of hours and MiB, at regular times after the warm-up and as long as there is load. */
async function sampled(
  servers: readonly ChildProcess[],
  client: ChildProcess,
  seconds: number,
): Promise<readonly (readonly [number, number])[]> {
  const samples: (readonly [number, number])[] = []
  const began = performance.now()
  await wait(seconds * 1000 * warmUp)
  for (let elapsed = performance.now() - began; elapsed < seconds * 1000; elapsed = performance.now() - began) {
    if (client.exitCode !== null) break
    samples.push([elapsed / 3_600_000, (await askAll(servers)).memory])
    await wait(Math.min(2000, seconds * 20))
  }
  return samples
}

/** The line that fits the samples best, by least squares. */
export function slopeOf(samples: readonly (readonly [number, number])[]): Slope {
  const count = samples.length
  const mean = (of: 0 | 1): number => samples.reduce((sum, sample) => sum + sample[of], 0) / count
  const [time, memory] = [mean(0), mean(1)]
  const spread = samples.reduce((sum, [at]) => sum + (at - time) ** 2, 0)
  const value = samples.reduce((sum, [at, mebibytes]) => sum + (at - time) * (mebibytes - memory), 0) / spread
  const rest = samples.reduce((sum, [at, mebibytes]) => sum + (mebibytes - memory - value * (at - time)) ** 2, 0)
  return { value, error: Math.sqrt(rest / (count - 2) / spread) }
}

async function untilAnswered(servers: readonly ChildProcess[], count: number): Promise<number | undefined> {
  const began = performance.now()
  while (performance.now() - began < 1_800_000) {
    if ((await askAll(servers)).sent >= count) return (performance.now() - began) / 1000
    await wait(50)
  }
  return undefined
}

async function answering(port: number, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error('A server has ended before it listened.')
    try {
      const { status } = await fetch(`http://127.0.0.1:${port}/ready`, { method: 'POST', body: '{}' })
      if (status !== 503) return
    } catch {
      // It does not listen yet.
    }
    await wait(20)
  }
}

async function askAll(servers: readonly ChildProcess[]): Promise<Told> {
  const told = await Promise.all(
    servers.map(async (server) => {
      server.send('how are you?')
      const [answer] = (await once(server, 'message')) as [Told]
      return answer
    }),
  )
  const sum = (of: keyof Told): number => told.reduce((all, one) => all + one[of], 0)
  return { memory: sum('memory'), processor: sum('processor'), sent: sum('sent') }
}
