/** That no value of a schema could be made. Never leaves this folder's callers: a check is skipped with what it says. */
export class CannotGenerate extends Error {
  override readonly name = 'CannotGenerate'
}
