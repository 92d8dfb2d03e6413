/** The lane of what came in for a conversation, or of what belongs to none: then `id` is its own. */
export const incomingLane = (id: string): string => `in ${id}`
/** The lane of what goes out to a conversation. */
export const outgoingLane = (conversationId: string): string => `out ${conversationId}`
/** Whether a lane is one of what goes out. */
export const isOutgoing = (lane: string): boolean => lane.startsWith('out ')
