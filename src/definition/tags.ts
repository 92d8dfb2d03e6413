/** A tag: a short text by which a user, conversation or message can be found. */
export type TagDefinition = {
  title?: string
  description?: string
  /** Whether the tag identifies its owner: `getOrCreate…` then looks by these tags alone. Default: false. */
  identity?: boolean
}
/** Tags by name. */
export type Tags = { tags?: Record<string, TagDefinition> }
