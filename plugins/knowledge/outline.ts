/** What stands under one heading, or before the first one. */
export interface Section {
  /** The headings above it, the outermost first. */
  readonly headings: readonly string[]
  readonly text: string
}

/** What a document says, by its headings. */
export class Outline {
  readonly #sections: Section[] = []
  #headings: { readonly level: number; readonly text: string }[] = []
  #text = ''
  #title: string | undefined

  /** What the document calls itself, or its first heading. */
  get title(): string | undefined {
    return this.#title
  }

  /** The sections that say something, in their order. */
  get sections(): readonly Section[] {
    this.#close()
    return this.#sections
  }

  /** Says what the document calls itself. */
  name(title: string): void {
    const text = title.replaceAll(/\s+/g, ' ').trim()
    if (text !== '') this.#title ??= text
  }

  /** Begins a section under a heading; 1 is the outermost level. The first one names the document, unless it only counts. */
  heading(level: number, heading: string, isName = true): void {
    const text = heading.replaceAll(/\s+/g, ' ').trim()
    if (text === '') return
    this.#close()
    if (isName) this.name(text)
    this.#headings = [...this.#headings.filter((outer) => outer.level < level), { level, text }]
  }

  /** Adds to the section. */
  add(text: string): void {
    this.#text += text
  }

  #close(): void {
    const text = this.#text.replaceAll(/\n{3,}/g, '\n\n').trim()
    this.#text = ''
    if (text !== '') this.#sections.push({ headings: this.#headings.map((heading) => heading.text), text })
  }
}
