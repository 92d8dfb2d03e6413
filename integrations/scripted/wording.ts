const persons: Readonly<Record<string, string>> = {
  i: 'you',
  me: 'you',
  my: 'your',
  mine: 'yours',
  myself: 'yourself',
  am: 'are',
  "i'm": 'you are',
  "i've": 'you have',
  "i'll": 'you will',
  "i'd": 'you would',
  you: 'me',
  your: 'my',
  yours: 'mine',
  yourself: 'myself',
}

/** What the user says of themselves, as one says it back: "my dog" becomes "your dog". */
export function toSecondPerson(text: string): string {
  return text.replaceAll(/[\p{L}']+/gu, (word) => {
    const key = word.toLowerCase()
    return Object.hasOwn(persons, key) ? (persons[key] ?? word) : word
  })
}

/** A text that is nothing but one or two words, as the answer to "What is it?" is. */
export function bareName(text: string): string | undefined {
  const [, name] =
    /^(?:(?:it(?:'s| is)|just|i(?:'m| am)) )?([\p{L}\p{N}][\p{L}\p{N}'-]*(?: [\p{L}\p{N}][\p{L}\p{N}'-]*)?)[.!]?$/iu.exec(
      text.trim(),
    ) ?? []
  return name === undefined ||
    /^(?:yes|no|ok|okay|sure|hi|hello|hey|thanks|bye|stop|help|why|what|never mind|no thanks|not (?:now|yet))$/i.test(
      name,
    )
    ? undefined
    : name
}

const numbers = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')

/** The numbers to twelve as digits, where they are words. */
export function inDigits(text: string): string {
  return text.replaceAll(/\b[a-z]+\b/gi, (word) => {
    const number = numbers.indexOf(word.toLowerCase())
    return number === -1 ? word : String(number)
  })
}

/** The first letter in upper case. */
export function capitalized(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}

/** The sentences of a text. What stands in code ends none. */
export function sentencesOf(text: string): string[] {
  const sentences = text.match(/(?:`[^`]*`|.)+?(?:[.!?]+(?=\s|$)|\n|$)/gs) ?? []
  return sentences.filter((sentence) => sentence.trim() !== '')
}

/** Changes a text, but leaves code and addresses as they are. */
export function changeWords(text: string, change: (words: string) => string): string {
  return text
    .split(/(`[^`]*`|\bhttps?:\/\/\S+)/)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('')
}

const empty = new Set(
  `a about above after again all also am an and any are as at be because been but by can cannot could did do does doing
  done else for from get go got had has have he her him his how i if in into is it its just know let like make may me
  might mine more much must my need no not now of on one or our out over please really say see shall she should so some
  tell than that the their them then there these they thing things think this those to too up us very want was we well
  were what when where which who whom why will with would yes you your yours`.split(/\s+/),
)

/** The words of a text that say something, as they come. */
export function contentWords(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu) ?? []
  return words.filter((word) => word.length > 1 && !isEmpty(word))
}

/** Whether a word is one of those that every text has, and that say nothing by themselves. */
export function isEmpty(word: string): boolean {
  return empty.has(word.toLowerCase().replace(/'\w+$/, ''))
}
