import { Outline } from './outline.ts'
import { Unreadable } from './unreadable.ts'

/**
 * Reads a PDF by its pages, whose numbers are its headings: so a passage can be looked up.
 * @throws {Unreadable} if it is locked, broken, or has no text.
 */
export async function readPdf(bytes: Uint8Array): Promise<Outline> {
  const { extractText, getDocumentProxy, getMeta } = await reader()
  // A copy: what reads it takes the bytes for itself.
  const document = await getDocumentProxy(bytes.slice(), { verbosity: 0 }).catch((error: unknown) => {
    throw new Unreadable(
      (error as { name?: unknown }).name === 'PasswordException'
        ? 'it is a PDF that is locked by a password'
        : 'it is no PDF that can be read',
    )
  })
  try {
    const { info } = await getMeta(document)
    const { text: pages } = await extractText(document)
    const outline = new Outline()
    const title: unknown = info['Title']
    if (typeof title === 'string') outline.name(title)
    for (const [index, page] of pages.entries()) {
      outline.heading(1, `Page ${index + 1}`, false)
      outline.add(page)
    }
    if (outline.sections.length === 0) throw new Unreadable('it is a PDF of pictures, without text')
    return outline
  } finally {
    await document.loadingTask.destroy()
  }
}

async function reader() {
  try {
    return await import('unpdf')
  } catch (cause) {
    throw new Unreadable('it is a PDF, which is read by a package that is not installed: npm install unpdf', { cause })
  }
}
