import { contentWords, isEmpty, toSecondPerson } from '../wording.ts'
import type { Rule } from './rule.ts'

/** What no rule knows. It asks back, in other words at every turn. */
export const unknown: readonly Rule[] = [
  {
    name: 'nothing',
    match: /^[^\p{L}\p{N}]*$/u,
    reply: ['There were no words in that. What would you like to say?', 'I only understand words. What is it?'],
  },
  {
    name: 'foreign',
    match: /\p{L}/u,
    reply: ({ text, pick }) => {
      const words = text.match(/\p{L}[\p{L}'-]*/gu) ?? []
      if (words.length < 4 || words.some(isEmpty)) return undefined
      return pick([
        'I know only English, and few words of that. Could you put it another way?',
        'I did not understand a word, I am afraid: I know some English only. What do you mean?',
      ])
    },
  },
  {
    name: 'unknown question',
    match:
      /\?\s*$|^(?:who|what|when|where|why|which|whose|how|is|are|was|were|do|does|did|can|could|will|would|should|have|has|explain|describe|define|tell me)\b/i,
    reply: ({ text, pick }) => {
      const topic = topicOf(text)
      if (topic === undefined)
        return pick([
          'That is beyond my rules. Could you say more about what you mean?',
          'I do not know. What are you after?',
        ])
      return pick([
        `I know nothing about ${topic}: I only have rules. Could you ask another way, or ask what I can do?`,
        `My rules say nothing about ${topic}. What would you like to find out?`,
        `I cannot answer that. What do you think yourself about ${topic}?`,
        `About ${topic} a language model would know more: ask me how to swap the provider. Or is there something else?`,
      ])
    },
  },
  {
    name: 'unknown statement',
    match: /[\p{L}\p{N}]/u,
    reply: ({ text, facts, pick }) => {
      const topic = topicOf(text)
      const name = facts.has('name') ? `, ${facts.get('name')}` : ''
      if (topic === undefined)
        return pick([`Tell me more${name}.`, 'I am not sure that I follow. What do you mean?', `Go on${name}.`])
      return pick([
        `I see. Tell me more about ${topic}.`,
        `What matters most to you about ${topic}?`,
        `I am not sure that I follow: is there something you would like to know about ${topic}?`,
        `What would you like to do about ${topic}${name}?`,
      ])
    },
  },
]

/** What a text is about: what follows "about", else the last word that says something. */
function topicOf(text: string): string | undefined {
  const [, about] = /\babout ([^.,;!?]{2,40})/i.exec(text) ?? []
  if (about !== undefined) return toSecondPerson(about.trim())
  const word = contentWords(text).findLast((one) => /\p{L}/u.test(one))
  return word === undefined ? undefined : `“${word}”`
}
