/** The part of a message that is looked at. */
export interface Content {
  readonly type: string
  readonly payload: Record<string, unknown>
}

/** The text of a message, and where it stands; undefined where it has no word. */
export function textOf({ payload }: Content): { field: string; text: string } | undefined {
  const field = ['text', 'markdown'].find((name) => typeof payload[name] === 'string')
  const text = field === undefined ? '' : String(payload[field])
  // Numbers and emoji are of every language: they do not say in which one somebody is answered.
  return field === undefined || !/\p{L}/u.test(text) ? undefined : { field, text }
}

/** A message with another text. */
export const changed = (data: Content, field: string, text: string): { data: Content } => ({
  data: { type: data.type, payload: { ...data.payload, [field]: text } },
})
