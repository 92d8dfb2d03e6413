/** That an action is called, if it is offered. */
const call = (name: string, input: Record<string, string>) => ({ name, input })

/** What the scripted model answers of the shop; for all else it has small talk. */
export const rules = [
  {
    when: '/\\b(human|person|somebody|agent|colleague)\\b/',
    toolCall: call('call_human', { title: 'Somebody asks for a human' }),
  },
  { when: '/\\b(open|opening|hours)\\b/', reply: 'The shop is open from Monday to Saturday, from 9 to 18.' },
  {
    when: '/[^]*\\b(warranty|return|returned|money|ship|shipping|parcel|send|repair|repaired|cost|costs)\\b[^]*/',
    toolCall: call('look_up', { question: '$0' }),
  },
]
