/** Whether what would be published resolves for its users, in JavaScript and in types. Build first. */
import { publishedPackages } from './packages.ts'
import { run } from './run.ts'

const checks = [
  { name: 'publint', flags: ['--strict'] },
  { name: 'attw', flags: ['--pack', '--profile', 'esm-only', '--format', 'ascii', '.'] },
]

for (const { name, folder } of await publishedPackages()) {
  for (const check of checks) {
    const { code, output } = run(check.name, check.flags, folder)
    console.log(`${name}: ${check.name} ${code === 0 ? 'finds nothing' : `complains\n${output}`}`)
    if (code !== 0) process.exitCode = 1
  }
}
