import type { Rule } from './rule.ts'

export const abilities: readonly Rule[] = [
  {
    name: 'abilities',
    match:
      /\bwhat (?:can|could|do) (?:you|i|we) (?:do|ask|say|help|offer|know)\b|\bhow (?:can|could|do) you help\b|^(?:help|help me|menu|commands)[.!?]*$|\b(?:your|what) (?:abilities|capabilities|skills)\b|\bcan you (?:help|remember|calculate|count|add|learn|do (?:math|maths|arithmetic|sums|anything))\b|\bwhat are you (?:good )?for\b/i,
    reply: [
      'I can hold a small conversation, remember what you tell me (“my name is Ada”), work out sums (“2 * (3 + 4)”), call the tools that a bot offers, and explain Plugboard (“how do I swap the provider?”). What shall it be?',
      'Sums, remembering what you told me, calling tools, a joke or two, and questions about Plugboard: that is all. For anything else a language model can take my place: ask me how to swap the provider.',
    ],
  },
]
