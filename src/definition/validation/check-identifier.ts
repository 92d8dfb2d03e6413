import { checkFields, fieldsAt } from './check-fields.ts'
import { type ProblemList, shown } from './problem-list.ts'

/** Characters that a script may have. */
const longest = 16_384

/** Checks what can be told of the scripts of an identifier without running them. */
export function checkIdentifier(list: ProblemList, identifier: unknown): void {
  const fields = fieldsAt(list, 'identifier', identifier, "{ extractScript: '…' }")
  if (!fields) return
  checkFields(list, 'identifier', fields, { extractScript: 'text', fallbackHandlerScript: 'text' })
  for (const name of ['extractScript', 'fallbackHandlerScript']) {
    const script = fields[name]
    if (typeof script !== 'string') continue
    const add = (message: string, remedy: string): void =>
      list.add('identifier_script_invalid', `identifier.${name}`, message, remedy)
    if (/^[\w./-]+\.vrl$/.test(script.trim()))
      add(
        `${shown(script)} is the name of a file, and a script is a text.`,
        'Give what is in the file, read with readFileSync().',
      )
    else if (script.length > longest)
      add(`the script has ${script.length} characters.`, `It may have ${longest} of them.`)
  }
}
