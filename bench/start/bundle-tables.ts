import { number, table, verdict } from '../measure/table.ts'
import { type Bundle, bundle } from './bundle-size.ts'

/** The most that the core may weigh, compressed: definitions and the container, with tsyringe and reflect-metadata. */
const aim = 25_000

const entries = {
  definitions: `export * from 'plugboard'`,
  composing: `export * from 'plugboard'
    export { Container } from './src/container/container.ts'
    export { solveNeed } from './src/container/needs/solve-need.ts'
    export { applyPolicies } from './src/container/policies/apply-policies.ts'`,
  running: `export * from 'plugboard'; export { startBot } from 'plugboard/runtime'`,
}

/** How large the core is, and what is in it, as Markdown. */
export async function bundleTables(): Promise<string> {
  const definitions = await bundle(entries.definitions)
  const composing = await bundle(entries.composing)
  const running = await bundle(entries.running)
  const row = (name: string, { minified, gzip }: Bundle, judged: string[] = ['', '']) => [
    name,
    kilobytes(minified),
    kilobytes(gzip),
    ...judged,
  ]
  const sizes = table(
    ['bundle', 'minified, kB', 'gzip, kB', 'aim', ''],
    [
      row('all that is declared with', definitions),
      row('the same and the container', composing, [`${aim / 1_000} kB gzip`, verdict(composing.gzip <= aim)]),
      row('the same and `startBot`, without what it loads on demand', running),
    ],
  )
  const names = [...running.parts].toSorted(([, one], [, other]) => other - one).map(([name]) => name)
  const parts = table(
    ['part, minified, kB', 'of the first', 'of the second', 'of the third', 'saved without it, gzip'],
    await Promise.all(
      names.map(async (name) => [
        name,
        kilobytes(definitions.parts.get(name) ?? 0),
        kilobytes(composing.parts.get(name) ?? 0),
        kilobytes(running.parts.get(name) ?? 0),
        name.startsWith('src/') ? '' : kilobytes(running.gzip - (await bundle(entries.running, [name])).gzip),
      ]),
    ),
  )
  return `${sizes}\n\n${parts}`
}

const kilobytes = (bytes: number): string => number(bytes / 1_000, 1)
