/**
 * Emits JavaScript and types of every published package into its `dist`: the root first, then the integrations, which
 * are compiled against what the root has emitted, as their users will be.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { publishedPackages, root } from './packages.ts'
import { run } from './run.ts'

const packages = await publishedPackages()
await Promise.all(packages.map(({ folder }) => rm(resolve(folder, 'dist'), { recursive: true, force: true })))

for (const { name, folder } of packages) {
  const project = folder === root ? resolve(root, 'tsconfig.build.json') : await writeProject(folder)
  const { code, output } = run('tsc', ['--project', project], root)
  if (code === 0) {
    console.log(`built ${name}`)
  } else {
    console.error(`${name} does not build:\n${output}`)
    process.exitCode = 1
  }
}

/** Inside `node_modules`, so that nothing has to be ignored and packages of types are found. */
async function writeProject(folder: string): Promise<string> {
  const cache = resolve(root, 'node_modules/.cache/build')
  const project = {
    extends: resolve(root, 'tsconfig.build.json'),
    compilerOptions: { customConditions: [], preserveSymlinks: true, rootDir: folder, outDir: resolve(folder, 'dist') },
    include: [folder],
    exclude: ['**/*.test.ts', '**/*.fixture.ts', 'dist', 'node_modules'].map((path) => resolve(folder, path)),
  }
  await mkdir(cache, { recursive: true })
  const path = resolve(cache, `${basename(folder)}.json`)
  await writeFile(path, JSON.stringify(project, null, 2))
  return path
}
