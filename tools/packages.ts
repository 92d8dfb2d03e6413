import { glob, readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..')

/** A package that is published. */
export interface Package {
  name: string
  version: string
  /** Absolute. */
  folder: string
}

/** The root package, then its published workspaces by name. */
export async function publishedPackages(): Promise<Package[]> {
  const packages: Package[] = []
  for await (const path of glob('integrations/*/package.json', { cwd: root })) {
    const found = await readPackage(resolve(root, path))
    if (found) packages.push(found)
  }
  packages.sort((a, b) => (a.name < b.name ? -1 : 1))
  const first = await readPackage(resolve(root, 'package.json'))
  return first ? [first, ...packages] : packages
}

async function readPackage(path: string): Promise<Package | undefined> {
  const manifest: { name: string; version: string; private?: boolean } = JSON.parse(await readFile(path, 'utf8'))
  if (manifest.private) return undefined
  return { name: manifest.name, version: manifest.version, folder: dirname(path) }
}
