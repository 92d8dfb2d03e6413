/** What every handler of a consumer receives. Its types are those of the author's definition. */
export type HandlerProps = Readonly<Record<string, unknown>>
