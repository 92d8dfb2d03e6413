/** What the scripted model answers of the shop; for all else it has small talk. */
export const rules = [
  {
    when: '/\\b(human|person|somebody|agent|colleague)\\b/',
    toolCall: { name: 'call_human', input: { title: 'Somebody asks for a human' } },
  },
  { when: '/\\b(open|opening|hours)\\b/', reply: 'The shop is open from Monday to Saturday, from 9 to 18.' },
  {
    when: '/\\b(broken|defect|warranty|repair)\\b/',
    reply: 'Every lamp has a warranty of three years. Write /human, and somebody takes care of it.',
  },
]
