import { contentWords } from '../wording.ts'

/** The words of a name in camelCase, snake_case or kebab-case, in lower case. */
export function wordsOfName(name: string): string[] {
  return (
    name
      .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/** The stems of the words of a text that say something. */
export function stemsOf(text: string): string[] {
  return contentWords(text.toLowerCase()).map(stem)
}

/** A word without the endings by which its forms differ. */
export function stem(word: string): string {
  const singular = word
    .replace(/'s?$/, '')
    .replace(/(?<=.{3})ies$/, 'y')
    .replace(/(?<=.{3})(?<!s)s$/, '')
  const plain = singular.replace(/(?<=.{3})(?:ing|ed)$/, '').replace(/(?<=.{2})([^aeiouls])\1$/, '$1')
  // Short words lose too much with it: "note" would be "not".
  return plain.replace(/(?<=.{4}|[sc]h|x)e$/, '')
}
