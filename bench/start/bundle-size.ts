import { gzipSync } from 'node:zlib'
import { build, type Plugin } from 'esbuild'
import { root } from '../measure/machine.ts'

/** A bundle: its sizes in bytes, and what each package and each of our folders has in it before compression. */
export type Bundle = { minified: number; gzip: number; parts: Map<string, number> }

/** Bundles an entry without zod, which its users have anyway, and without `others`. */
export async function bundle(contents: string, others: readonly string[] = []): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    external: ['zod', ...others],
    // The sources, which our own build makes one file of: here the parts can be told apart.
    conditions: ['@plugboard/source'],
    plugins: [onDemand],
    write: false,
    metafile: true,
    logLevel: 'silent',
  })
  const code = outputFiles[0]?.contents ?? new Uint8Array()
  return {
    minified: code.length,
    gzip: gzipSync(code, { level: 9 }).length,
    parts: partsOf(Object.values(metafile.outputs)[0]?.inputs ?? {}),
  }
}

function partsOf(inputs: Record<string, { bytesInOutput: number }>): Map<string, number> {
  const parts = new Map<string, number>()
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const name = partOf(path)
    if (bytesInOutput > 0) parts.set(name, (parts.get(name) ?? 0) + bytesInOutput)
  }
  return parts
}

/** Leaves out what is loaded only when it is needed. */
const onDemand: Plugin = {
  name: 'on demand',
  setup: ({ onResolve }) =>
    onResolve({ filter: /./ }, ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined)),
}

/** The package that a file belongs to, or the folder where it is ours: `src/definition`. */
function partOf(path: string): string {
  const dependency = /node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules)/.exec(path)?.[1]
  return dependency ?? /(?:^|\/)(src\/[^/]+)\//.exec(path)?.[1] ?? 'the rest'
}
