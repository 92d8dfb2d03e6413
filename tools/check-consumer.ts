/**
 * Does what a user does: packs every package, installs the tarballs into a project outside the repository, compiles the
 * examples of the documentation against them under both compilers, checking our declarations too, and runs each.
 * Build first. `--keep` leaves the project where it is.
 */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { publishedPackages, root } from './packages.ts'
import { run } from './run.ts'

const { devDependencies }: { devDependencies: Record<string, string> } = JSON.parse(
  await readFile(resolve(root, 'package.json'), 'utf8'),
)
const compilers = [
  { name: 'TypeScript 7', path: resolve(root, 'node_modules/typescript/bin/tsc') },
  { name: 'TypeScript 5.9', path: resolve(root, 'node_modules/typescript-5.9/bin/tsc') },
]
const secondsPerStep = 180

const project = await mkdtemp(join(tmpdir(), 'plugboard-consumer-'))
let failed = false

try {
  if (await install()) {
    await cp(resolve(root, 'docs/examples'), project, { recursive: true, filter: (path) => !path.endsWith('.test.ts') })
    // Compiled only: a bot of many parts, each of which its declaration file has to name.
    await cp(resolve(root, 'bots/hello/bot.ts'), resolve(project, 'bots/hello.ts'))
    for (const { name, path } of compilers)
      step(`compile under ${name}`, process.execPath, [path, '--project', project])
    const examples = (await readdir(project)).filter((file) => file.endsWith('.ts'))
    for (const example of examples.toSorted()) step(`run ${example}`, process.execPath, [example])
    if (examples.length === 0) fail('there is no example in docs/examples')
  }
} finally {
  if (process.argv.includes('--keep')) console.log(`kept ${project}`)
  else await rm(project, { recursive: true })
}
process.exitCode = failed ? 1 : 0

/** Also writes the configuration that `tsc --init` would suggest, at its strictest. */
async function install(): Promise<boolean> {
  const dependencies: Record<string, string> = {
    zod: devDependencies['zod'] ?? '4',
    '@types/node': devDependencies['@types/node'] ?? '24',
  }
  for (const { name, folder } of await publishedPackages()) {
    const packed = run('npm', ['pack', '--json', '--loglevel', 'error', '--pack-destination', project], folder)
    const filename = /"filename": "([^"]+)"/.exec(packed.output)?.[1]
    if (packed.code !== 0 || filename === undefined) fail(`pack ${name}\n${packed.output}`)
    else dependencies[name] = `file:${filename}`
  }
  await writeJson('package.json', { name: 'consumer', private: true, type: 'module', dependencies })
  await writeJson('tsconfig.json', {
    compilerOptions: {
      target: 'es2023',
      lib: ['es2023'],
      module: 'nodenext',
      types: ['node'],
      strict: true,
      declaration: true,
      noEmit: true,
      skipLibCheck: false,
      verbatimModuleSyntax: true,
      erasableSyntaxOnly: true,
      allowImportingTsExtensions: true,
    },
    include: ['.'],
    exclude: ['node_modules'],
  })
  return step('install', 'npm', ['install', '--no-audit', '--no-fund', '--loglevel', 'error'])
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(resolve(project, file), JSON.stringify(value, null, 2))
}

function step(name: string, command: string, flags: string[]): boolean {
  const { code, output } = run(command, flags, project, secondsPerStep * 1000)
  if (code !== 0) fail(`${name}\n${output}`)
  else console.log(`ok: ${name}`)
  return code === 0
}

function fail(what: string): void {
  failed = true
  console.error(`failed: ${what}`)
}
