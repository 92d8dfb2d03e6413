import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bench, machine, resultName, root } from './measure/machine.ts'

// Runs the benchmarks that are named, or all of them, and installs their rivals first where they are missing.
// All of them together, unless `--quick`, write their tables to `results`.

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
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--prefix', bench], {
    cwd: bench,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error('The rivals cannot be installed.')
}

/** Builds the package, so that what is measured is what its users get. The integrations are not needed. */
function build(): void {
  console.error('Building …')
  const { status } = spawnSync(process.execPath, [join(root, 'tools/build.ts'), 'plugboard'], {
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) throw new Error('The package does not compile.')
}

/** Runs a benchmark in a process of its own, shows what it prints and gives it back. */
async function section(name: string): Promise<string> {
  const child = spawn(process.execPath, [join(bench, name, 'index.ts'), ...(values.quick ? ['--quick'] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
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
