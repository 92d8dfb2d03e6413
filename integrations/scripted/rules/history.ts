import type { Rule } from './rule.ts'

/** Questions about the conversation itself. */
export const history: readonly Rule[] = [
  {
    name: 'first words',
    match:
      /\bwhat (?:did i (?:say|ask|tell you)|was my) (?:(?:you )?first|at (?:first|the (?:start|beginning)))\b|\bwhat was the first thing (?:that )?i (?:said|asked)\b/i,
    reply: ({ earlier }) =>
      earlier[0] === undefined ? 'This is the first thing that you say to me.' : `You began with: “${earlier[0]}”`,
  },
  {
    name: 'last words',
    match: /\bwhat (?:did i (?:just )?(?:say|ask)|was my (?:last|previous) (?:message|question))\b/i,
    reply: ({ earlier }) => (earlier.length === 0 ? 'Nothing before this.' : `You said: “${earlier.at(-1)}”`),
  },
  {
    name: 'own last words',
    match:
      /\bwhat did you (?:just )?say\b|^(?:please )?(?:repeat|say) (?:that|it)(?: again)?(?:,? please)?[.!?]*$|^(?:pardon|come again|what)\?*$/i,
    reply: ({ replies }) => {
      const last = replies.findLast((text) => text !== '')
      return last === undefined ? 'I have said nothing yet.' : `I said: “${last}”`
    },
  },
  {
    name: 'summary',
    match:
      /\b(?:summari[sz]e|summary of|recap|what (?:have|did) we (?:talk(?:ed)?|discuss(?:ed)?|sp(?:eak|oken)))\b.*?(?:conversation|chat|talked|we|us|so far|$)/i,
    reply: ({ earlier }) => {
      if (earlier.length === 0) return 'We have only begun.'
      const shown = earlier.slice(-5).map((text) => `“${text}”`)
      return `You have said ${earlier.length === 1 ? 'one thing' : `${earlier.length} things`}${earlier.length > shown.length ? ', of late' : ''}: ${shown.join(', ')}.`
    },
  },
  {
    name: 'say after me',
    match:
      /^(?:please )?(?:say|repeat(?: after me)?|echo)[:,]?\s+["“']?(?!something|anything|it\b|that\b)(.+?)["”']?$/is,
    reply: (_, [, text = '']) => text,
  },
]
