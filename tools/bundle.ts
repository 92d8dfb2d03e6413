import { glob, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { build, type Plugin, type PreRenderedChunk } from 'rolldown'

/**
 * Emits the JavaScript of a package's entries into `dist`, with what they share in a few files beside them: Node looks
 * for, reads and links each file that is imported, which took more than half of the time to import a module a file.
 */
export async function bundle(folder: string): Promise<void> {
  // A module that is loaded by itself, or stands alone in its file, keeps its place and its name.
  const fileOf = ({ facadeModuleId, moduleIds, name }: PreRenderedChunk) => {
    const alone = facadeModuleId ?? (moduleIds.length === 1 ? moduleIds[0] : undefined)
    return alone?.endsWith('.ts') ? relative(folder, alone).replace(/ts$/, 'js') : `shared/${name}.js`
  }
  // It asks to be kept with every copy.
  const license = await readFile(join(folder, 'node_modules/kysely/LICENSE'), 'utf8')
  await build({
    cwd: folder,
    input: await entries(folder),
    platform: 'node',
    tsconfig: 'tsconfig.build.json',
    transform: { target: 'node22.18' },
    // Packages stay what they are, this one too: an interface imports `plugboard` as its users do. What stands in for
    // syntax that the target lacks is the compiler's. Kysely
    // is 250 files, which took half of the time in which the runtime is loaded.
    external: /^(?!@oxc-project\/|kysely$)[a-z@]/,
    plugins: [filesOfTheirOwn],
    output: {
      dir: 'dist',
      sourcemap: true,
      sourcemapExcludeSources: true,
      entryFileNames: fileOf,
      chunkFileNames: fileOf,
      codeSplitting: {
        groups: [
          { name: 'core', test: /\/src\/(errors(?!\/codes)|types|definition|implementation)\// },
          { name: 'kysely', test: /\/node_modules\/kysely\// },
        ],
      },
      banner: ({ name }) => (name === 'kysely' ? `/*!\n${license}*/` : ''),
    },
  })
}

/** The sources of the entries that `package.json` exports. */
async function entries(folder: string): Promise<string[]> {
  const { exports }: { exports: Record<string, string | { '@plugboard/source': string }> } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  )
  const patterns = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [] : [target['@plugboard/source']],
  )
  const found: string[] = []
  for await (const path of glob(patterns, { cwd: folder })) found.push(path)
  return found.toSorted()
}

/** Has `new URL('./thread.ts', import.meta.url)` find that module, in a file of its own, from wherever this one ends up. */
const filesOfTheirOwn: Plugin = {
  name: 'files of their own',
  transform: {
    filter: { id: /\.ts$/, code: 'import.meta.url' },
    handler(source, importer) {
      const code = source.replaceAll(/new URL\('(\.[^']+)', import\.meta\.url\)/g, (_, id: string) => {
        const reference = this.emitFile({ type: 'chunk', id, importer })
        return `new URL(import.meta.ROLLUP_FILE_URL_${reference})`
      })
      if (code.includes('import.meta.url'))
        this.error("a module that is bundled finds another one only by new URL('./it.ts', import.meta.url)")
      // Every line is where it was.
      return { code, map: null }
    },
  },
}
