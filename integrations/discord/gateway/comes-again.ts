import { PlugboardError } from 'plugboard'

/** Whether what prevents that an event is taken is the event itself, which would come again and again. */
export const comesAgain = (error: unknown): boolean =>
  // It is not made as Discord says.
  error instanceof TypeError ||
  (PlugboardError.isInstance(error) && !error.retryable && ofTheEvent.includes(error.code))

/** Codes of errors that come again as long as the event does. */
const ofTheEvent: readonly string[] = [
  'payload_invalid',
  'message_type_unknown',
  'tag_invalid',
  'vendor_refused',
  'request_invalid',
]
