import { type MessagePort, parentPort } from 'node:worker_threads'
import type { CompilationDiagnostic } from '@bpinternal/verel'

/** A script to be checked, or to be run on an event. */
export interface ScriptTask {
  readonly id: number
  readonly script: string
  /** Undefined where the script is only to be checked. */
  readonly event: object | undefined
}

/** What came of it. */
export type ScriptOutcome =
  | { readonly result: unknown }
  /** The script does not compile, or ended itself. */
  | { readonly failure: string }
  /** The thread cannot be used any more. */
  | { readonly broken: string }
export type ScriptAnswer = { readonly id: number } & ScriptOutcome

/** Said once the thread can be used. */
export interface ScriptThreadReady {
  readonly ready: boolean
}

const port = parentPort as MessagePort

const verel = await import('@bpinternal/verel').catch((error: unknown) => {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ERR_MODULE_NOT_FOUND' && message.includes('@bpinternal/verel')) return undefined
  throw error
})

port.on('message', (task: ScriptTask) => tell({ id: task.id, ...outcomeOf(task) }))
tell({ ready: verel !== undefined })

function tell(message: ScriptAnswer | ScriptThreadReady): void {
  port.postMessage(message)
}

function outcomeOf({ script, event }: ScriptTask): ScriptOutcome {
  if (!verel) return { broken: 'the package is not installed' }
  try {
    if (event) return { result: (verel.execute(script, event) as { result: unknown }).result }
    const [error] = verel.check(script).errors
    return error ? { failure: described(script, error) } : { result: undefined }
  } catch (error) {
    // What WebAssembly traps has left its memory in no state that could be relied on.
    if (error instanceof WebAssembly.RuntimeError) return { broken: error.message }
    return { failure: messageOf(error) }
  }
}

/** What is wrong, and where: the places that are told are in bytes. */
function described(script: string, { message, labels }: CompilationDiagnostic): string {
  const label = labels.find(({ primary }) => primary)
  if (!label) return message
  const before = Buffer.from(script).subarray(0, label.span[0]).toString()
  const lines = before.split('\n')
  const said = label.message === message ? message : `${message}: ${label.message}`
  return `${said} (line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1})`
}

/** The message of the innermost function that failed says what went wrong; those around it where. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/^Termination;\s*/, '')
}
