import { howToSwap } from './plugboard.ts'
import type { Rule } from './rule.ts'

const end = String.raw`(?:[,.!\s]+(?:please|thanks|thank you|sure|of course|do|go ahead|i would|i do|not|it is))*[.!\s]*$`

/** Answers to what the model asked. */
export const yesAndNo: readonly Rule[] = [
  {
    name: 'yes',
    match: new RegExp(
      `^(?:yes|yeah|yep|yup|sure|of course|certainly|definitely|please do|go ahead|ok|okay|alright|aye|correct|right)${end}`,
      'i',
    ),
    reply: ({ replies, pick }) => {
      const last = replies.at(-1) ?? ''
      if (last.endsWith('how to swap my provider?')) return howToSwap
      if (last.endsWith('?'))
        return pick(['Good. Tell me more, then.', 'All right: in your own words, please.', 'Go on, I am listening.'])
      return pick(['Good. What else?', 'All right. What comes next?', 'Fine. Is there anything else?'])
    },
  },
  {
    name: 'no',
    match: new RegExp(`^(?:no|nope|nah|not really|not now|never|never mind|nay|wrong)${end}`, 'i'),
    reply: ({ replies, pick }) =>
      /anything else\?$|what else\?$/i.test(replies.at(-1) ?? '')
        ? 'Then I am done. It was good to talk to you.'
        : pick([
            'All right, then not. What else can I do?',
            'As you like. What would you rather do?',
            'Very well. Is there anything else?',
          ]),
  },
]
