import { factName } from '../facts.ts'
import { topics } from '../topics.ts'
import { capitalized } from '../wording.ts'
import type { Rule } from './rule.ts'

const untold = (about: string): string => `You have not told me your ${about} yet. What is it?`

/** What the user asks of themselves. */
export const recall: readonly Rule[] = [
  ...topics.map(({ about, asked, sentence }): Rule => ({
    name: `recall ${about}`,
    match: asked,
    reply: ({ facts }) => {
      const value = facts.get(about)
      if (value !== undefined) return sentence(value)
      return about === 'name' || about === 'age' ? untold(about) : 'You have not told me yet.'
    },
  })),
  {
    name: 'recall anything',
    match: /\b(?:what|which|who|where)(?:'s| is| are| was) my ((?:[\p{L}'-]+ ?){1,4})\??$/iu,
    reply: ({ facts }, [, asked = '']) => {
      const about = factName(asked)
      const value = facts.get(about)
      return value === undefined ? untold(about) : `${capitalized(`your ${about}`)} is ${value}.`
    },
  },
  {
    name: 'recall everything',
    match:
      /\bwhat (?:do|did|have) (?:you|i) (?:know|remember|learned?|tell you|told you) (?:about|of) (?:me|myself)\b/i,
    reply: ({ facts }) => {
      if (facts.size === 0) return 'Nothing yet. Tell me your name, or what you like, and I will remember it.'
      const sentences = [...facts].map(([about, value]) => {
        const topic = topics.find((one) => one.about === about)
        return topic ? topic.sentence(value) : `Your ${about} is ${value}.`
      })
      return sentences.join(' ')
    },
  },
]
