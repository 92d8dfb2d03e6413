import { factsIn } from '../facts.ts'
import { topics } from '../topics.ts'
import type { Rule } from './rule.ts'

/** What the user tells of themselves. */
export const remembering: readonly Rule[] = [
  {
    name: 'remember',
    match: /\p{L}/u,
    reply: ({ text, replies, facts, pick }) => {
      const told = factsIn(text, replies.at(-1))
      const [about, value] = told[0] ?? []
      if (about === undefined || value === undefined) return undefined
      if (about === 'name') {
        const rest = told.length > 1 ? ' I will remember the rest, too.' : ''
        return `${pick(['Nice to meet you', 'Good to know you', 'Hello'])}, ${value}!${rest} What can I do for you?`
      }
      const called = facts.has('name') ? `, ${facts.get('name')}` : ''
      if (about === 'liking') return pick([`What do you like about ${value}?`, `How did you come to like ${value}?`])
      const sentence = topics.find((topic) => topic.about === about)?.sentence(value) ?? `Your ${about} is ${value}.`
      return `${pick(['I will remember that', 'Noted', 'Good to know'])}${called}. ${sentence}`
    },
  },
]
