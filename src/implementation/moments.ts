/** The points in the way of a message, event or call at which a plugin or bot can have handlers. */
export const moments = [
  'message',
  'event',
  'beforeIncomingMessage',
  'afterIncomingMessage',
  'beforeOutgoingMessage',
  'afterOutgoingMessage',
  'beforeIncomingEvent',
  'afterIncomingEvent',
  'beforeOutgoingCallAction',
  'afterOutgoingCallAction',
  'stateExpired',
  'workflowStart',
  'workflowContinue',
  'workflowTimeout',
  'callFailed',
  'handlerFailed',
] as const
export type Moment = (typeof moments)[number]

/** What can fail for good: a handler of one of these moments, or the hooks around them. */
export const failingMoments = [
  'message',
  'event',
  'stateExpired',
  'workflowStart',
  'workflowContinue',
  'workflowTimeout',
  'hooks',
] as const
export type FailingMoment = (typeof failingMoments)[number]
