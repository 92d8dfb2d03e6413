import type { Message } from './exchange.ts'
import { topics } from './topics.ts'
import { bareName, capitalized, toSecondPerson } from './wording.ts'

/** What the user told of themselves, by what it is about: `name`, `favourite colour`. What was said last holds. */
export type Facts = ReadonlyMap<string, string>

/** The characters of a message in which facts are looked for. */
const longestFact = 2_000

/** Reads what the user told, in all of their messages. */
export function readFacts(messages: readonly Message[]): Facts {
  const facts = new Map<string, string>()
  let before = ''
  for (const { role, content } of messages) {
    if (role === 'assistant') before = content
    if (role === 'user')
      for (const [about, value] of factsIn(content.slice(0, longestFact), before)) facts.set(about, value)
  }
  return facts
}

/** What one text tells; `before` is what the model had said, which may have been a question. */
export function factsIn(text: string, before = ''): [about: string, value: string][] {
  if (/\?\s*$/.test(text)) return []
  const found: [string, string][] = []
  for (const [, about = '', value = ''] of text.matchAll(possession)) {
    if (!vague.test(about)) found.push([factName(about), toSecondPerson(value.trim())])
  }
  for (const { about, told } of topics) {
    const value = told.map((pattern) => pattern.exec(text)?.[1]?.trim()).find((one) => one !== undefined)
    if (value !== undefined) found.push([about, about === 'name' ? capitalized(value) : toSecondPerson(value)])
  }
  const [, asked] = /you have not told me your ([^.,!?]+) yet/i.exec(before) ?? []
  const name = bareName(text)
  if (found.length === 0 && asked !== undefined && name !== undefined) found.push([factName(asked), capitalized(name)])
  return found
}

/** One name for what people spell in two ways. */
export function factName(about: string): string {
  return about
    .toLowerCase()
    .trim()
    .replaceAll(/\bfavorite\b/g, 'favourite')
    .replaceAll(/\bcolor\b/g, 'colour')
}

const possession =
  /\bmy ((?:[\p{L}'-]+ ){0,3}?[\p{L}'-]+) (?:is|are) (?!not\b|no\b|how\b|what\b|that\b|whether\b)((?:(?! and (?:I|my)\b)[^.,;!?\n]){1,60})/giu
const vague = /^(?:question|problem|issue|point|guess|answer|idea|name)$/i
