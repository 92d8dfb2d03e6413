import type { Rule } from './rule.ts'

export const jokes: readonly Rule[] = [
  {
    name: 'joke',
    match: /\bjokes?\b|\bmake me laugh\b|\bsomething funny\b/i,
    reply: [
      'Two integrations meet. “Do you implement `readable`?” “I do, but nobody has ever finished me.”',
      'I asked a plugin for its favourite integration. It said that it was not supposed to know any.',
      'My jokes are deterministic: if you did not laugh this time, there is no point in asking again.',
    ],
  },
]
