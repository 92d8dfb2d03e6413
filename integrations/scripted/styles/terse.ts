import { capitalized, changeWords, sentencesOf } from '../wording.ts'
import type { Style } from './style.ts'

const fillers =
  /(?<=^|\s)(?:please|just|really|very|quite|actually|basically|simply|perhaps|kindly|of course|in fact|I think(?: that)?|I believe(?: that)?|you know),?\s+/giu

/** The first sentence, without the words that carry nothing. */
export const terse: Style = {
  name: 'terse',
  asked: /\bterse(?:ly)?\b|\blaconic(?:ally)?\b|\b(?:one|a single) sentence\b|\btelegraphic\b/i,
  askedOfRewriting: /\bbrief(?:ly)?\b|\bconcise(?:ly)?\b|\bshort(?:er|ly)?\b|\bfew words\b/i,
  apply: (text) => capitalized(changeWords(shortened(text), (words) => words.replaceAll(fillers, ''))),
}

/** The first sentence of a text, and the next one where the first is no more than a word or two. */
export function shortened(text: string): string {
  const [first = '', second = ''] = sentencesOf(text)
  return (first.trim().split(/\s+/).length < 3 ? first + second : first).trim()
}
