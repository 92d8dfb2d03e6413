import { registerHooks } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Refusal, rehearse } from './rehearse.ts'

const root = resolve(import.meta.dirname, '../..')
const entry = pathToFileURL(resolve(root, 'src/index.ts')).href
const typeTests = pathToFileURL(resolve(root, 'type-tests/')).href

/**
 * Rehearses modules of `type-tests`, absolute paths, one after another. Each has fixtures of its own, since a definition
 * that was used once is sealed; the framework is loaded once.
 */
export async function rehearseFiles(paths: readonly string[]): Promise<ReadonlyMap<string, Refusal | undefined>> {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (specifier === 'plugboard') return next(entry, context)
      const resolved = next(specifier, context)
      const parent = URL.parse(context.parentURL ?? '')
      if (!parent?.search || !resolved.url.startsWith(typeTests)) return resolved
      return { ...resolved, url: `${resolved.url}${parent.search}` }
    },
  })
  try {
    const refusals = new Map<string, Refusal | undefined>()
    for (const [index, path] of paths.entries()) {
      const url = `${pathToFileURL(path).href}?rehearsal=${index}`
      refusals.set(path, await rehearse(async () => (await import(url)) as object))
    }
    return refusals
  } finally {
    hooks.deregister()
  }
}
