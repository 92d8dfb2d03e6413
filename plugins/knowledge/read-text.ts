import { Outline } from './outline.ts'

/** Reads text without headings. */
export function readText(text: string): Outline {
  const outline = new Outline()
  outline.add(text)
  return outline
}
