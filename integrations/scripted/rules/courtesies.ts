import type { Rule } from './rule.ts'
import type { Turn } from '../turn.ts'

const named = ({ facts }: Turn): string => (facts.has('name') ? `, ${facts.get('name')}` : '')

export const courtesies: readonly Rule[] = [
  {
    name: 'farewell',
    match:
      /^(?:(?:ok|okay|thanks|thank you|well)[,.!\s]+)*(?:good ?bye|bye(?:[- ]bye)?|see you|see ya|farewell|good night|so long|until (?:next time|later|tomorrow)|i (?:have|need|must|got) to go|take care)\b/i,
    reply: (turn) =>
      turn.pick([`Goodbye${named(turn)}!`, `Until next time${named(turn)}!`, `Take care${named(turn)}!`]),
  },
  {
    name: 'having a question',
    match:
      /^(?:i have|i'?ve got|can i ask|may i ask) (?:you )?(?:a|one|another|some|an? \p{L}+)? ?(?:questions?|something)[.!?\s]*$/iu,
    reply: ['Ask away.', 'Go ahead. What is it?'],
  },
  {
    name: 'laughter',
    match: /^(?:ha(?:ha)+|he(?:he)+|lol|rofl|:-?\)|:-?D|😂|🙂|😀)[.!\s]*$/iu,
    reply: ['I am glad that you like it.', 'That went better than expected.'],
  },
  {
    name: 'hesitation',
    match: /^(?:h+m+|um+|uh+|er+|well|let me think|wait|one moment|just a (?:moment|second|minute))[.…!\s]*$/i,
    reply: ['Take your time.', 'I can wait: I have no clock.'],
  },
  {
    name: 'test',
    match:
      /^(?:(?:this is )?(?:just )?(?:a )?test(?:ing)?|ping|are you there|anybody there|is anyone there|can you hear me)[.!?\s]*$/i,
    reply: ['It works: I can read you.', 'I am here.'],
  },
  {
    name: 'thanks',
    match: /\b(?:thanks|thank you|thx|cheers|much appreciated)\b/i,
    reply: (turn) =>
      turn.pick([
        `You are welcome${named(turn)}.`,
        `Gladly done${named(turn)}. Is there anything else?`,
        `Any time${named(turn)}.`,
      ]),
  },
  {
    name: 'apology',
    match: /^(?:i'?m |i am )?(?:so |very )?sorry\b|\bmy (?:bad|mistake|apologies)\b|\bexcuse me\b/i,
    reply: ['No harm done. Let us go on.', 'That is all right. Where were we?'],
  },
  {
    name: 'praise',
    match:
      /\b(?:you(?:'re| are)(?: (?:so|very|really|quite))? (?:great|good|nice|funny|smart|clever|awesome|amazing|brilliant|helpful|cool|kind)|well done|good (?:job|bot|work)|i (?:like|love) you|nice one)\b|^(?:great|nice|cool|awesome|perfect|wonderful|excellent|wow)[.!\s]*$/i,
    reply: ['Thank you. My rules are blushing.', 'That is kind of you. What shall we do next?'],
  },
  {
    name: 'reproach',
    match:
      /\byou(?:'re| are)(?: (?:so|very|really|quite|such))? (?:an? )?(?:stupid|dumb|bad|useless|wrong|boring|idiot|terrible|awful|annoying)\b|\b(?:that(?:'s| is)|you got (?:it|that)) (?:wrong|not (?:right|true|correct|what i))/i,
    reply: [
      'I may well have missed the point: I only have rules. Could you put it another way?',
      'Sorry about that. What did you expect to hear?',
    ],
  },
]
