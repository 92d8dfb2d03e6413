import { cheerful } from './styles/cheerful.ts'
import { formal } from './styles/formal.ts'
import { lowerCase, upperCase } from './styles/letter-case.ts'
import { pirate } from './styles/pirate.ts'
import type { Style } from './styles/style.ts'
import { terse } from './styles/terse.ts'

export type { Style } from './styles/style.ts'
export { shortened } from './styles/terse.ts'

/** The styles, in the order in which they are applied. */
const styles: readonly Style[] = [terse, formal, cheerful, pirate, upperCase, lowerCase]

/** The styles that a system prompt asks for. Some words mean one only where a text is to be rewritten. */
export function stylesIn(systemPrompt: string, rewrites: boolean): Style[] {
  return styles.filter(
    ({ asked, askedOfRewriting }) =>
      asked.test(systemPrompt) || (rewrites && (askedOfRewriting?.test(systemPrompt) ?? false)),
  )
}

/** A text in some styles; unchanged without any. */
export function styled(text: string, asked: readonly Style[]): string {
  return asked.reduce((changed, { apply }) => apply(changed), text)
}
