import type { Rule } from './rule.ts'

/** What a model that gives the same answer every time cannot know. */
export const limits: readonly Rule[] = [
  {
    name: 'time',
    match:
      /\bwhat(?:'s| is|s)? (?:the )?(?:current )?(?:time|date|day|year|month)\b|\bwhat (?:time|day|date|year) is it\b|\btoday'?s date\b|\bwhat(?:'s| is) today\b/i,
    reply: [
      'I have no clock: I give the same answer to the same question, whenever it is asked. A tool that tells the time would help me.',
    ],
  },
  {
    name: 'world',
    match:
      /^(?:what|how|is|are|will|any|tell|show|give|do)\b.*\b(?:weather|forecast|temperature|news|stock price|exchange rate)\b|\b(?:weather|forecast|news)\?$/i,
    reply: ['I cannot look outside. Offer me a tool for that, and I will call it.'],
  },
  {
    name: 'writing',
    match: /^(?:(?:can|could|would) you )?(?:please )?(?:write|draft|compose|translate|summari[sz]e|generate|code)\b/i,
    reply: [
      'That takes a language model, and I am only rules. `--bind llm=openai` puts one in my place.',
      'I cannot write anything new. A language model can: ask me how to swap the provider.',
    ],
  },
]
