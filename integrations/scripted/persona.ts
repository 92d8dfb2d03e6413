import { type Style, stylesIn } from './styles.ts'

/** What a system prompt makes of the model. */
export interface Persona {
  readonly name: string | undefined
  /** What it is, with its article: `a guide to Rome`. */
  readonly role: string | undefined
  readonly styles: readonly Style[]
  /** Whether texts are to be said anew, not answered. */
  readonly rewrites: boolean
}

/** Reads the few things of a system prompt that rules can follow; the rest is left alone. */
export function readPersona(systemPrompt = ''): Persona {
  const rewrites = /\b(?:re-?writ|re-?phras|re-?word|re-?styl|paraphras)(?:e|es|ing)?\b/i.test(systemPrompt)
  const [, called] = /\b[Yy]our name is (\p{Lu}[\p{L}\p{N}-]*)/u.exec(systemPrompt) ?? []
  const [, named] = /\b[Yy]ou are (?:called |named )?(?!(?:An?|The)\b)(\p{Lu}[\p{L}\p{N}-]*)/u.exec(systemPrompt) ?? []
  const [, role] = /\byou are (?:\p{L}[\p{L}\p{N}-]*, )?((?:an?|the) [^.,;:!?\n]+)/iu.exec(systemPrompt) ?? []
  return { name: called ?? named, role, styles: stylesIn(systemPrompt, rewrites), rewrites }
}
