/** That an action is called, if it is offered. */
const call = (name: string, input: Record<string, string>) => ({ name, input })

const lookUp = call('look_up', { question: '$0' })

/** What the scripted model does about what people write of the shop. Small talk aside, all else is looked up. */
export const rules = [
  {
    when: '/\\b(human|person|somebody|agent|colleague)\\b/',
    toolCall: call('call_human', { title: 'Somebody asks for a human' }),
  },
  { when: '/\\b(open|opening|hours)\\b/', reply: 'The shop is open from Monday to Saturday, from 9 to 18.' },
  {
    when: '/[^]*\\b(warranty|return|returned|money|ship|shipping|parcel|send|repair|repaired|cost|costs)\\b[^]*/',
    toolCall: lookUp,
  },
  {
    when: '/\\b(what (can|do) you do|can you help|help me)\\b|^help\\b/',
    reply: 'Ask me about shipping, returns, repairs or the warranty, or write /human to talk to somebody.',
  },
  { when: '/[^]*\\p{L}[^]*/u', toolCall: lookUp, fallback: true },
]

/** What it says of what these tools give. */
export const results = {
  look_up: {
    reply: '{handbook.0}',
    missing: 'I do not know that. Write /human, and somebody from our team will help you.',
    failed: 'I cannot look that up at the moment. Write /human, and somebody from our team will help you.',
  },
  // Whoever is handed over is told so by the hand-over itself.
  call_human: { reply: '', failed: 'I cannot reach anybody at the moment. Please try again later.' },
}
