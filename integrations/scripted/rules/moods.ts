import { toSecondPerson } from '../wording.ts'
import type { Rule } from './rule.ts'

/** What the user feels, wants and thinks: rules can only ask on. */
export const moods: readonly Rule[] = [
  {
    name: 'feeling',
    match:
      /\bi(?:'m| am| feel)(?: (?:so|very|really|a bit|a little|quite|feeling))* (sad|tired|lonely|angry|bored|happy|excited|worried|afraid|anxious|stressed|confused|lost|stuck|hungry|proud|nervous)\b/i,
    reply: ({ pick }, [, mood = '']) =>
      pick([
        `What makes you ${mood}?`,
        `Since when are you ${mood}?`,
        `Do you want to talk about why you are ${mood}?`,
      ]),
  },
  {
    name: 'wanting',
    match: /\bi(?: want| need| wish| would like|'d like) ([^.,;!?]{2,60})/i,
    reply: ({ pick }, [, wish = '']) => {
      const wanted = toSecondPerson(wish.trim())
      return pick([`Why do you want ${wanted}?`, `Since when have you wanted ${wanted}?`])
    },
  },
  {
    name: 'because',
    match: /^because\b/i,
    reply: ['Is that the only reason?', 'I see. And what follows from that?'],
  },
  {
    name: 'opinion',
    match: /\bi (?:think|believe|guess|suppose|feel) (?:that )?([^.,;!?]{3,80})/i,
    reply: ({ pick }, [, opinion = '']) =>
      pick([
        `What makes you think that ${toSecondPerson(opinion.trim())}?`,
        `How sure are you that ${toSecondPerson(opinion.trim())}?`,
      ]),
  },
]
