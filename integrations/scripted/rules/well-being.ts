import type { Rule } from './rule.ts'

/** How the user is, when asked or not. */
export const wellBeing: Rule = {
  name: 'well-being',
  match:
    /^(?:(?:i'?m|i am|i feel|all|very|pretty|quite|doing|not|so|too) )*(?:fine|good|well|great|ok|okay|happy|bad)(?:[,.!\s]+(?:and you|thanks|thank you|too|how about you))*[.!?\s]*$/i,
  reply: ({ text, replies }) => {
    if (!/how are you\?$/i.test(replies.at(-1) ?? '') && !/^i/i.test(text)) return undefined
    const isBad = /\bnot\b|\bbad\b/i.test(text)
    return isBad ? 'I am sorry to hear that. What happened?' : 'Glad to hear it. What would you like to do?'
  },
}
