/**
 * The layers of the repository: what lives in a folder, and what it may import. CONTRIBUTING.md says the same in words;
 * `tools/layers.test.ts` proves that each arrow that is not listed here is refused.
 *
 * Paths are matched after resolution, so `plugboard` is `src/index.ts`. `$1` is the first group of the layer's `files`.
 */
const builtin = '^(node:)?[a-z0-9_/]+$'
/** @type {(...names: string[]) => string[]} */
const npm = (...names) => names.map((name) => `node_modules/(@types/)?${name}/`)
const anyPackage = 'node_modules/'

const publicSurface = '^src/(index|errors/codes)\\.ts$'
const security = '^src/security/index\\.ts$'
const entries = [publicSurface, security, '^src/(runtime|cli|ai-sdk|testing)/index\\.ts$']
const interfaces = '^interfaces/[^/]+/index\\.ts$'
const contracts = '^interfaces/[^/]+/contract\\.ts$'
const testing = '^src/testing/index\\.ts$'
const published = [
  ...entries,
  interfaces,
  contracts,
  '^plugins/[^/]+/index\\.ts$',
  // An integration may have a part for programs that are no bots: a client.
  '^integrations/[^/]+/(?:client/)?index\\.ts$',
]

const layers = [
  { name: 'errors', files: '^src/errors/', may: [] },
  { name: 'types', files: '^src/types/', may: [...npm('ts-toolbelt')] },
  {
    name: 'definition',
    files: '^src/definition/',
    may: ['^src/(types|errors)/', ...npm('zod', 'ts-toolbelt', 'verkit', 'croner')],
  },
  { name: 'implementation', files: '^src/implementation/', may: ['^src/(definition|types|errors)/', ...npm('zod')] },
  {
    name: 'container',
    files: '^src/container/',
    may: ['^src/(definition|types|errors)/', ...npm('zod', 'ts-toolbelt', 'verkit', 'tsyringe', 'reflect-metadata')],
  },
  { name: 'security', files: '^src/security/', may: ['^src/errors/', builtin] },
  {
    name: 'runtime',
    files: '^src/runtime/',
    may: ['^src/(container|implementation|definition|types|errors|security)/', anyPackage, builtin],
  },
  {
    name: 'ai-sdk',
    files: '^src/ai-sdk/',
    may: [publicSurface, security, interfaces, ...npm('zod', '@ai-sdk/provider')],
  },
  { name: 'testing', files: '^src/testing/', may: [...entries, interfaces, anyPackage, builtin] },
  { name: 'cli', files: '^src/cli/', may: [...entries, anyPackage, builtin] },
  {
    name: 'index',
    files: '^src/index\\.ts$',
    may: ['^src/(runtime|container|implementation|definition|types|errors)/', ...npm('zod')],
  },
  { name: 'contract', files: contracts, may: [testing, contracts, publicSurface, interfaces, ...npm('zod')] },
  {
    name: 'interface',
    files: '^interfaces/([^/]+)/(?!contract\\.ts$)',
    may: [publicSurface, interfaces, ...npm('zod')],
  },
  {
    name: 'plugin',
    files: '^plugins/([^/]+)/',
    may: [publicSurface, security, interfaces, ...npm('zod', 'htmlparser2', 'unpdf')],
  },
  { name: 'integration', files: '^integrations/([^/]+)/', may: [...entries, interfaces, anyPackage, builtin] },
  { name: 'bot', files: '^bots/([^/]+)/', may: [...published, anyPackage, builtin] },
  { name: 'type-tests', files: '^type-tests/', may: [...published, anyPackage] },
  { name: 'docs', files: '^docs/', may: [...published, anyPackage, builtin] },
]

/** A fixture stands beside the tests that share it. */
const test = '\\.(test|fixture)\\.ts$'
/** Stands in for the platforms of several packages, which are set up with it. */
const vendors = '^src/ai-sdk/vendors/[^/]+\\.fixture\\.ts$'
/** @type {(files: string) => string} */
const own = (files) => files.replace('([^/]+)', '$1')

export default {
  forbidden: [
    ...layers.flatMap(({ name, files, may }) => [
      {
        name: `layer-${name}`,
        severity: 'error',
        comment: `A file of the layer "${name}" may import its own folder and ${may.length > 0 ? may.join(', ') : 'nothing else'}.`,
        from: { path: files, pathNot: test },
        to: { pathNot: [own(files), ...may] },
      },
      {
        name: `layer-${name}-test`,
        severity: 'error',
        comment: 'A test may import what its layer may, and whatever is published.',
        from: { path: `${files}.*${test}` },
        to: { pathNot: [own(files), ...may, ...published, vendors, anyPackage, builtin] },
      },
    ]),
    {
      name: 'no-layer',
      severity: 'error',
      comment: 'A folder that belongs to no layer has no rule for what it may import. Give it one above.',
      from: { path: '^(src|interfaces|plugins|integrations|bots)/', pathNot: layers.map(({ files }) => files) },
      to: {},
    },
    {
      name: 'published-names',
      severity: 'error',
      comment: 'Outside src, packages import one another by published name, as a third party would.',
      from: { path: '^((?:interfaces|plugins|integrations|bots)/[^/]+|type-tests|docs)/' },
      to: { dependencyTypes: ['local'], dependencyTypesNot: ['aliased'], pathNot: ['^$1/', vendors] },
    },
    {
      name: 'container-only',
      severity: 'error',
      comment: 'Only src/container knows which container library is used.',
      from: { pathNot: '^src/container/' },
      to: { path: npm('tsyringe', 'reflect-metadata') },
    },
    {
      name: 'type-only',
      severity: 'error',
      comment:
        'The adapter takes a provider that the integration made: it needs the types of the specification, not its code.',
      from: { path: '^src/ai-sdk/', pathNot: test },
      to: { path: npm('@ai-sdk/provider'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment:
        'Modules that load each other cannot be understood or replaced one by one, and which is ready first depends on ' +
        'who asks. A type may go round: a class and the types that are computed from it need each other.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'An import that does not resolve is outside every layer.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared',
      severity: 'error',
      comment: 'What a package imports stands in its own package.json.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'shipped',
      severity: 'error',
      comment: 'What ships does not import what only developers install.',
      from: { path: '^(src|interfaces|plugins|integrations/[^/]+)/', pathNot: test },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm-peer'] },
    },
    {
      name: 'tests-are-leaves',
      severity: 'error',
      comment: 'A test is imported by nothing, a fixture only by tests.',
      from: { pathNot: test },
      to: { path: test },
    },
    {
      name: 'named-after-its-export',
      severity: 'error',
      comment: 'A file is named after what it exports: utils, helpers, common and misc say nothing.',
      from: {},
      to: { path: '(^|/)(utils?|helpers?|common|misc)(/|\\.ts$)', pathNot: anyPackage },
    },
  ],
  options: {
    parser: 'tsc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: false,
    exclude: { path: '(^|/)dist/' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@plugboard/source', 'import', 'node', 'default'],
    },
  },
}
