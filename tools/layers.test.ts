import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** One import in one file of a small repository, and the rules that refuse it. */
type Arrow = { from: string; imports: string; types?: true; broken: string[] }

const allowed: Arrow[] = [
  { from: 'src/index.ts', imports: './definition/index.ts', broken: [] },
  { from: 'src/definition/right.ts', imports: '../errors/index.ts', broken: [] },
  { from: 'src/container/right.ts', imports: 'tsyringe', broken: [] },
  { from: 'src/container/right-below.ts', imports: '../definition/index.ts', broken: [] },
  { from: 'src/runtime/right.ts', imports: '../container/index.ts', broken: [] },
  { from: 'src/runtime/right-circle-a.ts', imports: './right-circle-b.ts', types: true, broken: [] },
  { from: 'src/runtime/right.fixture.ts', imports: 'developer', broken: [] },
  { from: 'src/runtime/right.test.ts', imports: './right.fixture.ts', broken: [] },
  {
    from: 'integrations/openai/suite.fixture.ts',
    imports: '../../src/ai-sdk/vendors/models.fixture.ts',
    broken: [],
  },
  { from: 'src/runtime/right-builtin.ts', imports: 'node:fs/promises', broken: [] },
  { from: 'src/ai-sdk/right.ts', imports: 'plugboard/interfaces/llm', broken: [] },
  { from: 'src/ai-sdk/right-type.ts', imports: '@ai-sdk/provider', types: true, broken: [] },
  { from: 'src/cli/right.ts', imports: 'plugboard/runtime', broken: [] },
  { from: 'src/security/right.ts', imports: '../errors/index.ts', broken: [] },
  { from: 'src/runtime/right-security.ts', imports: '../security/index.ts', broken: [] },
  { from: 'plugins/assistant/right-security.ts', imports: 'plugboard/security', broken: [] },
  { from: 'integrations/openai/right-security.ts', imports: 'plugboard/security', broken: [] },
  { from: 'interfaces/crud/right.ts', imports: 'plugboard/interfaces/llm', broken: [] },
  { from: 'plugins/assistant/right.ts', imports: 'plugboard', broken: [] },
  { from: 'plugins/assistant/right.test.ts', imports: '@plugboard/openai', broken: [] },
  { from: 'integrations/openai/right.ts', imports: 'plugboard/ai-sdk', broken: [] },
  { from: 'integrations/openai/right-vendor.ts', imports: 'vendor', broken: [] },
  { from: 'bots/hello/right.ts', imports: '@plugboard/openai', broken: [] },
  { from: 'docs/examples/right-alias.ts', imports: 'aliased', broken: [] },
  { from: 'docs/examples/right.ts', imports: 'plugboard/plugins/assistant', broken: [] },
]

const refused: Arrow[] = [
  { from: 'src/other.ts', imports: './errors/index.ts', broken: ['no-layer'] },
  { from: 'src/errors/wrong.ts', imports: '../types/index.ts', broken: ['layer-errors'] },
  { from: 'src/errors/wrong-package.ts', imports: 'zod', broken: ['layer-errors'] },
  { from: 'src/types/wrong.ts', imports: '../errors/index.ts', broken: ['layer-types'] },
  { from: 'src/definition/wrong.ts', imports: '../container/index.ts', broken: ['layer-definition'] },
  { from: 'src/definition/wrong-type.ts', imports: '../container/index.ts', types: true, broken: ['layer-definition'] },
  { from: 'src/definition/wrong-builtin.ts', imports: 'node:fs', broken: ['layer-definition'] },
  { from: 'src/definition/wrong.test.ts', imports: '../runtime/other.ts', broken: ['layer-definition-test'] },
  { from: 'src/container/wrong.ts', imports: '../runtime/other.ts', broken: ['layer-container'] },
  { from: 'src/runtime/wrong.ts', imports: 'tsyringe', broken: ['container-only'] },
  { from: 'src/runtime/wrong-above.ts', imports: '../cli/index.ts', broken: ['layer-runtime'] },
  { from: 'src/ai-sdk/wrong.ts', imports: '../definition/index.ts', broken: ['layer-ai-sdk'] },
  { from: 'src/ai-sdk/wrong-value.ts', imports: '@ai-sdk/provider', broken: ['shipped', 'type-only'] },
  { from: 'src/cli/wrong.ts', imports: '../runtime/other.ts', broken: ['layer-cli'] },
  { from: 'src/security/wrong.ts', imports: '../runtime/other.ts', broken: ['layer-security'] },
  { from: 'src/security/wrong-package.ts', imports: 'zod', broken: ['layer-security'] },
  { from: 'src/elsewhere/wrong.ts', imports: '../errors/index.ts', broken: ['no-layer'] },
  { from: 'interfaces/crud/wrong.ts', imports: '../llm/index.ts', broken: ['published-names'] },
  { from: 'interfaces/crud/wrong-above.ts', imports: '@plugboard/openai', broken: ['layer-interface'] },
  { from: 'plugins/assistant/wrong.ts', imports: '@plugboard/openai', broken: ['layer-plugin'] },
  { from: 'plugins/assistant/wrong-plugin.ts', imports: 'plugboard/plugins/personality', broken: ['layer-plugin'] },
  { from: 'plugins/assistant/wrong-name.ts', imports: '../../src/index.ts', broken: ['published-names'] },
  {
    from: 'plugins/assistant/wrong-depth.ts',
    imports: '../../src/errors/index.ts',
    broken: ['layer-plugin', 'published-names'],
  },
  { from: 'integrations/openai/wrong.ts', imports: '@plugboard/anthropic', broken: ['layer-integration'] },
  {
    from: 'integrations/openai/wrong-plugin.ts',
    imports: 'plugboard/plugins/assistant',
    broken: ['layer-integration'],
  },
  {
    from: 'integrations/openai/wrong-stand-in.ts',
    imports: '../../src/ai-sdk/vendors/models.fixture.ts',
    broken: ['layer-integration', 'tests-are-leaves'],
  },
  {
    from: 'integrations/openai/wrong.fixture.ts',
    imports: '../../src/ai-sdk/connector.ts',
    broken: ['layer-integration-test', 'published-names'],
  },
  { from: 'integrations/openai/wrong-vendor.ts', imports: 'undeclared', broken: ['declared'] },
  { from: 'bots/hello/wrong.ts', imports: '../../integrations/openai/index.ts', broken: ['published-names'] },
  { from: 'docs/examples/wrong.ts', imports: '../../src/index.ts', broken: ['published-names'] },
  { from: 'src/runtime/wrong-test.ts', imports: './planted.test.ts', broken: ['tests-are-leaves'] },
  { from: 'src/runtime/wrong-fixture.ts', imports: './right.fixture.ts', broken: ['tests-are-leaves'] },
  { from: 'src/runtime/wrong-using.ts', imports: './utils.ts', broken: ['named-after-its-export'] },
  { from: 'src/runtime/wrong-name.ts', imports: './utils.ts', broken: ['named-after-its-export'] },
  { from: 'src/runtime/wrong-path.ts', imports: './absent.ts', broken: ['layer-runtime', 'resolvable'] },
  { from: 'src/runtime/wrong-developer.ts', imports: 'developer', broken: ['shipped'] },
  { from: 'src/runtime/circle-a.ts', imports: './circle-b.ts', broken: ['no-circular'] },
]

const entry = (path: string) => ({ '@plugboard/source': `./${path}`, default: `./dist/${path}` })
const packages = ['zod', 'tsyringe', 'vendor', 'undeclared', 'developer', '@ai-sdk/provider']
const files: Record<string, string> = {
  'package.json': JSON.stringify({
    name: 'plugboard',
    type: 'module',
    workspaces: ['.', 'integrations/*', 'bots/*'],
    exports: {
      '.': entry('src/index.ts'),
      './runtime': entry('src/runtime/index.ts'),
      './ai-sdk': entry('src/ai-sdk/index.ts'),
      './security': entry('src/security/index.ts'),
      './interfaces/*': entry('interfaces/*/index.ts'),
      './plugins/*': entry('plugins/*/index.ts'),
    },
    dependencies: { zod: '*', tsyringe: '*' },
    devDependencies: { '@ai-sdk/provider': '*', developer: '*' },
  }),
  'tsconfig.json': JSON.stringify({ compilerOptions: { paths: { aliased: ['./docs/aliased.ts'] } } }),
  'docs/aliased.ts': '',
  'src/runtime/right-circle-b.ts': `import './right-circle-a.ts'`,
  'src/ai-sdk/connector.ts': '',
  'src/ai-sdk/vendors/models.fixture.ts': '',
  'src/runtime/circle-b.ts': `import './circle-a.ts'`,
}
const folders = [
  'src src/errors src/types src/definition src/container src/runtime src/ai-sdk src/cli src/security',
  'interfaces/llm plugins/assistant plugins/personality integrations/openai integrations/anthropic',
]
for (const path of folders.join(' ').split(' ')) files[`${path}/index.ts`] = 'export {}'
for (const name of ['other', 'utils', 'planted.test']) files[`src/runtime/${name}.ts`] = 'export {}'
for (const name of ['openai', 'anthropic']) {
  files[`integrations/${name}/package.json`] = JSON.stringify({
    name: `@plugboard/${name}`,
    type: 'module',
    exports: { '.': entry('index.ts') },
    dependencies: { vendor: '*' },
    peerDependencies: { plugboard: '*', zod: '*' },
  })
}
files['bots/hello/package.json'] = JSON.stringify({
  name: '@plugboard/bot-hello',
  dependencies: { plugboard: '*', '@plugboard/openai': '*' },
})
for (const name of packages) {
  files[`node_modules/${name}/package.json`] = JSON.stringify({ name, exports: './index.js' })
  files[`node_modules/${name}/index.js`] = ''
}
for (const { from, imports, types } of [...allowed, ...refused]) {
  files[from] = types ? `import type { Any } from '${imports}'` : `import '${imports}'`
}
// New syntax must not hide what a file imports.
files['src/runtime/wrong-using.ts'] += '\nawait using open = acquire()'

let repository: string
let violations: Record<string, string[]>

beforeAll(async () => {
  repository = await mkdtemp(join(tmpdir(), 'layers-'))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(repository, dirname(path)), { recursive: true })
    await writeFile(join(repository, path), text)
  }
  await mkdir(join(repository, 'node_modules/@plugboard'))
  await symlink('..', join(repository, 'node_modules/plugboard'))
  for (const name of ['openai', 'anthropic']) {
    await symlink(`../../integrations/${name}`, join(repository, 'node_modules/@plugboard', name))
  }
  violations = await cruise()
})

afterAll(() => rm(repository, { recursive: true }))

async function cruise(): Promise<Record<string, string[]>> {
  const compiler = join(root, 'tools/typescript-5.9.ts')
  const command = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const flags = [
    '--config',
    join(root, '.dependency-cruiser.mjs'),
    '--output-type',
    'json',
    'src',
    'interfaces',
    'plugins',
    'integrations',
    'bots',
    'docs',
  ]
  const output = await new Promise<string>((resolveOutput) => {
    execFile(
      process.execPath,
      ['--import', compiler, command, ...flags],
      { cwd: repository, maxBuffer: 1e8 },
      (_error, stdout) => resolveOutput(stdout),
    )
  })
  const report: { summary: { violations: Array<{ from: string; rule: { name: string } }> } } = JSON.parse(output)
  const found: Record<string, string[]> = {}
  for (const { from, rule } of report.summary.violations) (found[from] ??= []).push(rule.name)
  return found
}

it.each(allowed)('lets $from import $imports', ({ from }) => {
  expect(violations[from]).toBeUndefined()
})

it.each(refused)('refuses that $from imports $imports', ({ from, broken }) => {
  expect(violations[from]?.toSorted()).toEqual(broken)
})
