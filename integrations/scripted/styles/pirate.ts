import { changeWords } from '../wording.ts'
import type { Style } from './style.ts'

const words: Readonly<Record<string, string>> = {
  hello: 'ahoy',
  hi: 'ahoy',
  hey: 'ahoy',
  goodbye: 'fair winds',
  bye: 'fair winds',
  yes: 'aye',
  no: 'nay',
  my: 'me',
  you: 'ye',
  your: 'yer',
  yours: 'yers',
  are: 'be',
  is: 'be',
  am: 'be',
  friend: 'matey',
  friends: 'mateys',
  sir: 'captain',
  boss: 'captain',
  money: 'doubloons',
  stop: 'avast',
  very: 'mighty',
  and: "an'",
  of: "o'",
  "i'm": 'I be',
  "it's": "'tis",
  "you're": 'ye be',
  "don't": 'dunna',
}

export const pirate: Style = {
  name: 'pirate',
  asked: /\bpirates?\b/i,
  apply: (text) => {
    const said = changeWords(text, (given) => given.replaceAll(/[\p{L}]+(?:['’]\p{L}+)*/gu, asPirate))
    return said.trim() === '' ? text : `${said} Arr!`
  },
}

function asPirate(word: string): string {
  const key = word.toLowerCase().replace('’', "'")
  const found = Object.hasOwn(words, key)
    ? words[key]
    : /^(?!(?:th|br|str|spr|st|sl|cl|sw|fl|wr)ing$)\p{L}{2,}ing$/u.test(key)
      ? `${word.slice(0, -1)}'`
      : undefined
  if (found === undefined) return word
  if (word.length > 1 && word === word.toUpperCase()) return found.toUpperCase()
  return /^\p{Lu}/u.test(word) ? found.replace(/\p{L}/u, (letter) => letter.toUpperCase()) : found
}
