import { PlugboardError, type Where } from '../../errors/index.ts'

/** How many records a page of a list has. */
export const pageSize = 100

const codes = { user: 'user_unknown', conversation: 'conversation_unknown', message: 'message_unknown' } as const

/** The record, or the error that there is none. */
export function found<T>(record: T | undefined, kind: keyof typeof codes, id: string, where: Where): T {
  if (record === undefined)
    throw new PlugboardError({ code: codes[kind], message: `there is no ${kind} '${id}'`, where })
  return record
}
