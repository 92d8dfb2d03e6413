import { capitalized } from '../wording.ts'
import type { Rule } from './rule.ts'

const welcome =
  'I am the scripted model of Plugboard: I work by rules, without a key or a network. Ask me what I can do.'

export const greeting: Rule = {
  name: 'greeting',
  match:
    /^(?:hi|hello|hey|hiya|howdy|yo|greetings|ahoy|hallo|bonjour|hola|ciao|good (?:morning|afternoon|evening|day)|welcome)\b(?:[,!.\s]+(?:there|again|to you))?(?:[,!.\s]+\p{L}+)?[,!.\s?]*$/iu,
  reply: ({ text, replies, facts, persona: { name, role }, pick }) => {
    const user = facts.get('name')
    if (replies.length > 0)
      return `Hello again${user === undefined ? '' : `, ${user}`}! ${pick(['What can I do for you?', 'What would you like to talk about?', 'How can I help?'])}`
    const [said = 'Hello'] = /^good (?:morning|afternoon|evening)/i.exec(text) ?? []
    const hello = `${capitalized(said.toLowerCase())}${user === undefined ? '' : `, ${user}`}!`
    if (name !== undefined)
      return `${hello} I am ${name}${role === undefined ? '' : `, ${role}`}. What can I do for you?`
    return `${hello} ${welcome}`
  },
}
