import type { Rule } from './rule.ts'

const honest = 'I work by rules: no key, no network, and the same answer every time.'

export const identity: readonly Rule[] = [
  {
    name: 'who are you',
    match:
      /\b(?:who|what) are you\b|\bwhat(?:'s| is) your name\b|\btell me about yourself\b|\bintroduce yourself\b|\bdo you have a name\b/i,
    reply: ({ persona: { name, role } }) => {
      if (name !== undefined) return `I am ${name}${role === undefined ? '' : `, ${role}`}. ${honest}`
      if (role !== undefined) return `I am ${role}. ${honest}`
      return `I am the scripted model of Plugboard. ${honest}`
    },
  },
  {
    name: 'which model',
    match:
      /\b(?:which|what) (?:language )?(?:model|llm|provider|ai)\b|\bare you (?:an? )?(?:gpt|chatgpt|claude|gemini|llama|llm|language model)/i,
    reply: [
      `I am \`scripted\`, no language model. ${honest} With \`--bind llm=openai\` a real one answers in my place.`,
    ],
  },
  {
    name: 'are you human',
    match:
      /\bare you (?:an? )?(?:(real|human|person|alive|sentient|conscious)|(?:ro)?bot|machine|computer|program|ai|artificial)/i,
    reply: (_, [, living]) => `${living === undefined ? 'Yes' : 'No'}: I am a program. ${honest}`,
  },
  {
    name: 'likings',
    match:
      /^(?:and )?(?:do|did|can|have|are|will) you (?:ever )?(?:like|love|hate|want|wish|think|feel|dream|sleep|eat|drink|happy|sad|tired|bored|afraid)\b/i,
    reply: ['No more than a list of rules can. And you?', 'Rules neither like nor dislike anything. What about you?'],
  },
  {
    name: 'who made you',
    match: /\bwho (?:made|wrote|built|created|programmed) you\b|\bhow do you work\b|\bhow were you made\b/i,
    reply: [
      'I come with Plugboard. I try a list of rules one after the other, and the first that knows your words answers. Rules of your own go before mine: put them into my `rules` configuration.',
    ],
  },
  {
    name: 'how are you',
    match:
      /\bhow are you\b(?! (?:going to|able|made))|\bhow do you (?:do|feel)\b|\bhow(?:'s| is) it going\b|\bhow are things\b|\bwhat'?s up\b/i,
    reply: ({ facts, pick }) => {
      const name = facts.get('name')
      return `${pick(['All my rules are in order', 'Well: nothing has changed since I was written', 'Fine'])}${name === undefined ? '' : `, ${name}`}. And how are you?`
    },
  },
]
