import type { ToolCall } from 'plugboard/interfaces/llm'

/** The ids of the calls of a conversation, as a vendor takes them. */
export interface CallNames {
  /** Gives the id of a call, which then waits for its result. */
  open(call: ToolCall): string
  /** Gives the id of the call that a result is for; undefined where none waits for it. */
  close(id: string): string | undefined
  /** Gives the calls that wait for their results, and no longer do. */
  leave(): readonly NamedCall[]
}

/** A call of a tool, by its id as the vendor takes it. */
export interface NamedCall {
  readonly id: string
  readonly tool: string
}

/** What most vendors take. */
const usual = /^[a-zA-Z0-9_-]{1,40}$/

/**
 * Keeps the ids of a conversation as long as they are what the vendor takes, and no two calls share one. Others, such as those
 * of another vendor, become nine letters and digits, which all take: the same ones each time the conversation is told.
 */
export function callNames(form: RegExp = usual): CallNames {
  const used = new Set<string>()
  let waiting: (NamedCall & { readonly given: string })[] = []
  let count = 0
  const fresh = (): string => {
    count += 1
    return `call${String(count).padStart(5, '0')}`
  }
  return {
    open({ id: given, name: tool }) {
      let id = given
      while (!form.test(id) || used.has(id)) id = fresh()
      used.add(id)
      waiting.push({ given, id, tool })
      return id
    },
    close(given) {
      const found = waiting.find((call) => call.given === given)
      waiting = waiting.filter((call) => call !== found)
      return found?.id
    },
    leave() {
      const left = waiting
      waiting = []
      return left
    },
  }
}
