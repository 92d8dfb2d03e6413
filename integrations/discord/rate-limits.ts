const second = 1000

/**
 * What Discord lets every bot do: fifty calls a second, and in a channel about five messages in five seconds. The limit of a
 * channel Discord does not promise, and tells with each answer. https://docs.discord.com/developers/topics/rate-limits
 */
export const rateLimits = {
  messages: [
    { limit: 50, per: second },
    { limit: 5, per: 5 * second, scope: 'conversation' as const },
  ],
  actions: { '*': [{ limit: 50, per: second }] },
}
