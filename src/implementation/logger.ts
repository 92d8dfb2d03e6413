/** Writes lines to the bot's log, with the place where they come from. Secrets of the configuration are masked. */
export interface Logger {
  debug(message: string, details?: object): void
  info(message: string, details?: object): void
  warn(message: string, details?: object): void
  error(message: string, details?: object): void
}
