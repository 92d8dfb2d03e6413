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
  const plain = word.replace(/'s?$/, '')
  if (plain.length < 5) return plain.length === 4 ? plain.replace(/(?<!s)s$/, '') : plain
  return plain
    .replace(/ies$/, 'y')
    .replace(/(?:ing|ed|(?<=ch|sh|s|x)es|(?<!s)s)$/, '')
    .replace(/([^aeiouls])\1$/, '$1')
    .replace(/e$/, '')
}
