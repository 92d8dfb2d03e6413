/** The first segment of the paths that the installations of an integration share: no alias begins with such a character. */
export const sharedPrefix = '_integrations'

/** An integration in a path: its namespace ends in a dot there, for a slash would end the segment. No name has a dot. */
export const inPath = (integration: string): string => integration.replace('/', '.')

/** The URL below which the installations of an integration are reached together. */
export const sharedUrl = (url: string, integration: string): string => `${url}/${sharedPrefix}/${inPath(integration)}`
