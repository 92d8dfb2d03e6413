import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import type { TestProject } from 'vitest/node'
import { inject } from 'vitest'
import { type PostgresServer, startPostgres } from './postgres-server.fixture.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The port on which whoever asks is told the URL of the PostgreSQL of this run. */
    postgresPort: number
  }
}

/** Starts one PostgreSQL for all tests of a run, when the first of them asks for it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<PostgresServer> | undefined
  const tell = async (socket: Socket): Promise<void> => {
    socket.on('error', () => {})
    // Nobody cuts the power while tests run.
    starting ??= startPostgres({ fsync: 'off' })
    const answer = await starting.then(
      ({ url }) => url,
      (error: unknown) => `no server: ${String(error)}`,
    )
    socket.end(answer)
  }
  const server = createServer((socket) => void tell(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  project.provide('postgresPort', (server.address() as { port: number }).port)
  return async () => {
    server.close()
    await (await starting?.catch(() => undefined))?.[Symbol.asyncDispose]()
  }
}

/** The URL of the PostgreSQL of this run. */
export async function postgresUrl(): Promise<string> {
  const url = await text(connect(inject('postgresPort'), '127.0.0.1'))
  if (!URL.canParse(url) || !url.startsWith('postgres:')) throw new Error(url)
  return url
}

let schemas = 0
/** The name of a schema that no other test has. */
export const newSchema = (): string => `test_${process.pid}_${Date.now().toString(36)}_${(schemas += 1)}`
