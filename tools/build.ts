/**
 * Emits JavaScript and types of every published package into its `dist`, or of those that are named: the root first,
 * then the integrations, which are compiled against what the root has emitted, as their users will be. The JavaScript of
 * the root is bundled; an integration is a few files already.
 */
import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { bundle } from './bundle.ts'
import { publishedPackages, root } from './packages.ts'
import { run } from './run.ts'

const named = process.argv.slice(2)
const packages = (await publishedPackages()).filter(({ name }) => named.length === 0 || named.includes(name))
await Promise.all(packages.map(({ folder }) => rm(resolve(folder, 'dist'), { recursive: true, force: true })))
const paths = await emittedEntries()

for (const { name, folder } of packages) {
  const { code, output } =
    folder === root
      ? run('tsc', ['--project', 'tsconfig.build.json', '--emitDeclarationOnly'], root)
      : run('tsc', ['--project', await writeProject(folder)], root)
  if (folder === root) await bundle(root)
  const faults = [...(code === 0 ? [] : [output]), ...(await strayImports(resolve(folder, 'dist')))]
  if (faults.length === 0) {
    console.log(`built ${name}`)
  } else {
    console.error(`${name} does not build:\n${faults.join('\n')}`)
    process.exitCode = 1
  }
}

/** The compiler reaches by path for a type that no entry exports; whoever installs the package cannot follow it. */
async function strayImports(dist: string): Promise<string[]> {
  const stray = new Set<string>()
  for await (const path of glob('**/*.d.ts', { cwd: dist })) {
    const text = await readFile(resolve(dist, path), 'utf8')
    for (const [, target = '', member = ''] of text.matchAll(/(?:import\(|from )"(\.[^"]+)"(?:\)\.(\w+))?/g)) {
      const isInside = resolve(dist, dirname(path), target).startsWith(`${dist}/`)
      if (!isInside) stray.add(`${path} names ${member} of ${target}: export that type from an entry of the package`)
    }
  }
  return [...stray]
}

/** Inside `node_modules`, so that nothing has to be ignored and packages of types are found. */
async function writeProject(folder: string): Promise<string> {
  const cache = resolve(root, 'node_modules/.cache/build')
  const project = {
    extends: resolve(root, 'tsconfig.build.json'),
    compilerOptions: { customConditions: [], paths, rootDir: folder, outDir: resolve(folder, 'dist') },
    include: [folder],
    exclude: ['**/*.test.ts', '**/*.fixture.ts', 'dist', 'node_modules'].map((path) => resolve(folder, path)),
  }
  await mkdir(cache, { recursive: true })
  const path = resolve(cache, `${basename(folder)}.json`)
  await writeFile(path, JSON.stringify(project, null, 2))
  return path
}

/**
 * The emitted types by published name. Found through its link in `node_modules`, the root would be the folder around
 * the integration, and declarations would import it as `../../dist/src/index.js`, which no user has.
 */
async function emittedEntries(): Promise<Record<string, [string]>> {
  const { name, exports }: { name: string; exports: Record<string, string | { types: string }> } = JSON.parse(
    await readFile(resolve(root, 'package.json'), 'utf8'),
  )
  const entries: Record<string, [string]> = {}
  for (const [subpath, target] of Object.entries(exports)) {
    if (typeof target !== 'string') entries[subpath.replace('.', name)] = [resolve(root, target.types)]
  }
  return entries
}
