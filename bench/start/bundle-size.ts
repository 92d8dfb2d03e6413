import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { built, root } from '../measure/machine.ts'

/** The size of a bundle in bytes. */
export type Size = { minified: number; gzip: number }

/** The bundle of an entry without zod, which its users have anyway, and without `others`; and what each package has in it before compression. */
export async function bundleSize(
  contents: string,
  others: readonly string[] = [],
): Promise<Size & { parts: Map<string, number> }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    external: ['zod', ...others],
    conditions: built ? [] : ['@plugboard/source'],
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
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules)/.exec(path)?.[1] ?? 'plugboard'
    parts.set(name, (parts.get(name) ?? 0) + bytesInOutput)
  }
  return new Map([...parts].toSorted(([, one], [, other]) => other - one))
}
