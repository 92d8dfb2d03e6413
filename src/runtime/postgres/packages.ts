import { PlugboardError } from '../../errors/index.ts'

/**
 * What speaks to PostgreSQL. Bots that run embedded need not have it installed.
 * @throws {PlugboardError} with the code `package_missing`.
 */
export function loadPostgres(): Promise<typeof import('pg')> {
  return load('pg', () => import('pg'))
}

/**
 * What keeps the wake-ups.
 * @throws {PlugboardError} with the code `package_missing`.
 */
export function loadPgBoss(): Promise<typeof import('pg-boss')> {
  return load('pg-boss', () => import('pg-boss'))
}

/** The version of the schema that the installed pg-boss makes, which only its manifest tells. */
export async function pgBossSchema(): Promise<number> {
  const { default: manifest } = await import('pg-boss/package.json', { with: { type: 'json' } })
  return manifest.pgboss.schema
}

async function load<T>(name: string, loading: () => Promise<T>): Promise<T> {
  try {
    return await loading()
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code !== 'ERR_MODULE_NOT_FOUND' || !message.includes(`'${name}'`)) throw cause
    throw new PlugboardError({
      code: 'package_missing',
      message: `running on PostgreSQL needs the package '${name}'. Install both it needs: npm install pg pg-boss`,
      cause,
    })
  }
}
