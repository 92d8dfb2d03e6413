import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

// Runs the benchmarks that are named, or all of them, and installs their rivals first where they are missing.
// All of them together, unless `--quick`, write their tables to `results`.

const bench = import.meta.dirname
const root = join(bench, '..')
const all = ['types', 'calls', 'start']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
})
const unknown = positionals.filter((name) => !all.includes(name))
if (unknown.length > 0) throw new Error(`There is no benchmark ${unknown.join(', ')}; there are ${all.join(', ')}.`)
const chosen = positionals.length > 0 ? positionals : all

install()
build()
// Only now, for it looks at what is installed and built.
const { built, machine, resultName } = await import('./measure/machine.ts')

const sections: string[] = []
for (const name of chosen) sections.push(await section(name))

console.log(`## Machine\n\n${machine()}`)
if (positionals.length === 0 && !values.quick) {
  mkdirSync(join(bench, 'results'), { recursive: true })
  writeFileSync(
    join(bench, 'results', `${resultName()}.md`),
    `# Benchmarks\n\n${machine()}\n\n${sections.join('').trimEnd()}\n`,
  )
}

/** Installs what the lock file asks for, unless it was installed after the lock file was written. */
function install(): void {
  const installed = join(bench, 'node_modules/.package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(bench, 'package-lock.json')).mtimeMs) return
  console.error('Installing the rivals …')
  npm(['ci', '--no-audit', '--no-fund'], bench)
}

/** Builds the package, where it says how, so that what is measured is what its users get. */
function build(): void {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  if (scripts['build'] === undefined) return
  console.error('Building …')
  npm(['run', '--silent', 'build'], root)
}

function npm(parameters: readonly string[], cwd: string): void {
  const { status } = spawnSync('npm', [...parameters, '--prefix', cwd], {
    cwd,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`npm ${parameters[0]} failed in ${cwd === root ? 'the repository' : 'bench'}.`)
}

/** Runs a benchmark in a process of its own, shows what it prints and gives it back. */
async function section(name: string): Promise<string> {
  const conditions = built ? [] : ['--conditions', '@plugboard/source']
  const child = spawn(
    process.execPath,
    [...conditions, join(bench, name, 'index.ts'), ...(values.quick ? ['--quick'] : [])],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let printed = ''
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    process.stdout.write(chunk as string)
    printed += chunk
  }
  const code = await new Promise<number | null>((resolve) =>
    child.exitCode === null ? child.once('close', resolve) : resolve(child.exitCode),
  )
  if (code !== 0) throw new Error(`The benchmark '${name}' failed.`)
  return printed
}
