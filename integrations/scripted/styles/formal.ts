import { changeWords } from '../wording.ts'
import type { Style } from './style.ts'

/** By what is said: how it is said formally. The longer goes before the shorter. */
const words: readonly (readonly [RegExp, string])[] = [
  [/\bwon['’]t\b/gi, 'will not'],
  [/\bcan['’]t\b/gi, 'cannot'],
  [/\bshan['’]t\b/gi, 'shall not'],
  [/(?<=\w)n['’]t\b/gi, ' not'],
  [/(?<=\bI)['’]m\b/g, ' am'],
  [/(?<=\w)['’]re\b/gi, ' are'],
  [/(?<=\w)['’]ve\b/gi, ' have'],
  [/(?<=\w)['’]ll\b/gi, ' will'],
  [/\blet['’]s\b/gi, 'let us'],
  [/(?<=\b(?:it|that|there|what|he|she|who|here))['’]s\b/gi, ' is'],
  [/(?<=^|[.!?]\s)(?:hi|hello|hey)(?: there)?\b/giu, 'good day'],
  [/\bthanks a lot\b|\bthanks\b/gi, 'thank you'],
  [/\bbye(?: bye)?\b(?!-)/gi, 'farewell'],
  [/\byeah\b|\byep\b|\byup\b/gi, 'yes'],
  [/\bnope\b/gi, 'no'],
  [/\bokay\b|\bok\b/gi, 'very well'],
  [/\bgonna\b/gi, 'going to'],
  [/\bwanna\b/gi, 'want to'],
  [/\bguys\b/gi, 'everyone'],
  [/\bkids\b/gi, 'children'],
  [/(?<!\b(?:am|be|are|is) )\bsorry\b/gi, 'my apologies'],
  [/\bASAP\b/gi, 'as soon as possible'],
  [/!+/g, '.'],
]

export const formal: Style = {
  name: 'formal',
  asked: /\bformal(?:ly)?\b|\bpolite(?:ly)?\b|\bbusinesslike\b/i,
  apply: (text) => {
    const changed = changeWords(text, (given) =>
      words.reduce((said, [pattern, formally]) => said.replaceAll(pattern, formally), given),
    )
    return changed.replaceAll(/(?:^|[.!?]\s+)\p{Ll}/gu, (start) => start.toUpperCase())
  },
}
