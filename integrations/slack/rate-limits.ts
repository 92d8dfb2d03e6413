const minute = 60_000

/** A tier of Slack, which counts calls of a method by workspace. */
const tier = (limit: number) => [{ limit, per: minute }]
const [tier2, tier3, tier4] = [tier(20), tier(50), tier(100)]

/**
 * What Slack documents: a message a second for a channel, some hundreds a minute for a workspace, and for each method the
 * calls of its tier. https://docs.slack.dev/apis/web-api/rate-limits
 */
export const rateLimits = {
  messages: [
    { limit: 1, per: 1000, scope: 'conversation' as const },
    { limit: 300, per: minute },
  ],
  actions: {
    sendEphemeral: tier4,
    openView: tier4,
    updateView: tier4,
    publishHome: tier4,
    findPerson: tier3,
    joinChannel: tier3,
    listMembers: tier4,
    getOrCreateUser: tier4,
    getOrCreateConversation: tier3,
    editMessage: tier3,
    deleteMessage: tier3,
    addReaction: tier3,
    removeReaction: tier2,
    listChannels: tier2,
    createChannel: tier2,
    listUsers: tier2,
  },
}
