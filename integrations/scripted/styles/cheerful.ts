import { changeWords } from '../wording.ts'
import type { Style } from './style.ts'

export const cheerful: Style = {
  name: 'cheerful',
  asked: /\bcheer(?:ful|fully|y)\b|\benthusiastic(?:ally)?\b|\bupbeat\b|\bjoyful(?:ly)?\b|\bhappy\b/i,
  apply: (text) => {
    // A number, an ellipsis and an abbreviation hold a full stop that ends nothing.
    const lively = changeWords(text, (words) => words.replaceAll(/(?<!\.)\.(?=\s+\p{Lu}|\s*$)/gu, '!'))
    return lively.trim() === '' ? text : `${lively} 🎉`
  },
}
