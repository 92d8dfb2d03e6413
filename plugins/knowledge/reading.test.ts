import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { decoded, readerOf } from './formats.ts'
import { Outline } from './outline.ts'
import { passagesOf } from './passages.ts'
import { readHtml } from './read-html.ts'
import { readMarkdown } from './read-markdown.ts'
import { pdfOf } from './pdf.fixture.ts'
import { readPdf } from './read-pdf.ts'

const shown = ({ sections }: Outline) => sections.map(({ headings, text }) => [headings.join(' › '), text])

describe('Markdown', () => {
  it('is read by its headings, of either kind, and not by what looks like one in code', () => {
    const outline = readMarkdown(
      [
        'Before.',
        '# One #',
        'First\nlines.',
        '```sh',
        '# no heading',
        '~~~',
        '```',
        '### Deep',
        'Down.',
        '',
        'Two',
        '===',
        '- a list',
        '---',
        'After a line.',
        '',
        'Three',
        '---',
        'Last.',
      ].join('\n'),
    )
    expect(shown(outline)).toEqual([
      ['', 'Before.'],
      ['One', 'First\nlines.\n```sh\n# no heading\n~~~\n```'],
      ['One › Deep', 'Down.'],
      ['Two', '- a list\n---\nAfter a line.'],
      ['Two › Three', 'Last.'],
    ])
    expect(outline.title).toBe('One')
  })

  it('takes no mark for a heading that is part of a word, and no mark that closes one for a part of it', () => {
    expect(shown(readMarkdown('#no\n# C# #\nA.\n## C#\nB.\n### ###\nC.'))).toEqual([
      ['', '#no'],
      ['C#', 'A.'],
      ['C# › C#', 'B.\nC.'],
    ])
  })

  it('has the title that it says of itself', () => {
    expect(readMarkdown('---\ntags: [a]\ntitle: "The title"\n---\n# Heading\nText.').title).toBe('The title')
    expect(shown(readMarkdown('---\nno end'))).toEqual([['', '---\nno end']])
  })
})

describe('HTML', () => {
  it('is read by its headings, without what is not shown, however it is written', async () => {
    const outline = await readHtml(
      `<!doctype html><TITLE>The &amp; title</TITLE><script>var a = '<p>no</p>'</script><style>p{}</style>
      <p>Before<br>it <b>be</b>gins&nbsp;here.<nav>Home <a href=/>Start</a></nav>
      <h1>One <em>thing</em></h1><ul><li>first<li>second <img alt="picture" src=x></ul>
      <table><tr><th>a<td>b</table><pre>  kept
   as it is</pre><h2>Two</h2>Text<h2>Unclosed<p>More`,
    )
    expect(outline.title).toBe('The & title')
    expect(shown(outline)).toEqual([
      ['', 'Before\nit begins here.'],
      ['One thing', '- first\n- second picture\n\na b\n\n  kept\n   as it is'],
      ['One thing › Two', 'Text'],
      ['One thing › Unclosed', 'More'],
    ])
  })
})

describe('a PDF', () => {
  it('is read by its pages, under the title that it says of itself', async () => {
    const outline = await readPdf(
      pdfOf(['Lamps are sent within a day.', '', 'They come back (in thirty days).'], 'Rules'),
    )
    expect(outline.title).toBe('Rules')
    expect(shown(outline)).toEqual([
      ['Page 1', 'Lamps are sent within a day.'],
      ['Page 3', 'They come back (in thirty days).'],
    ])
    expect((await readPdf(pdfOf(['Lamps']))).title).toBeUndefined()
  })

  it.each([
    ['is broken', new TextEncoder().encode('%PDF-1.4 and then nothing'), 'no PDF'],
    ['is something else', new TextEncoder().encode('hello'), 'no PDF'],
    ['has no text', pdfOf(['']), 'without text'],
  ])('that %s is told as that', async (_, bytes, message) => {
    await expect(readPdf(bytes)).rejects.toThrow(message)
  })

  it('is told to be unread where the package that reads it is not installed', async () => {
    vi.doMock('unpdf', () => {
      throw new Error('it is not there')
    })
    onTestFinished(() => vi.doUnmock('unpdf'))
    await expect(readPdf(pdfOf(['Lamps']))).rejects.toThrow('npm install unpdf')
  })

  it('leaves the bytes as they are', async () => {
    const bytes = pdfOf(['Lamps'])
    await readPdf(bytes)
    expect(bytes).toEqual(pdfOf(['Lamps']))
  })
})

describe('a format', () => {
  it('is told by the ending, or else by the media type', () => {
    expect(readerOf('a.MD')).toBe(readerOf('a', 'text/markdown'))
    expect(readerOf('a.html', 'text/plain')).toBe(readerOf('a', 'text/html; charset=utf-8'))
    expect(readerOf('a.pdf', 'text/plain')).toBe(readPdf)
    expect(readerOf('a', 'application/pdf')).toBe(readPdf)
    expect(readerOf('a.constructor', 'constructor')).toBeUndefined()
    expect(readerOf('a.docx', 'application/zip')).toBeUndefined()
  })

  it('is UTF-8, with or without a mark at its beginning', () => {
    expect(decoded(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 13, 10]))).toBe('a\n')
    expect(() => decoded(new Uint8Array([0xe9]))).toThrow('UTF-8')
  })
})

describe('passages', () => {
  const cut = (text: string, passageLength: number, overlap = 0) => {
    const outline = new Outline()
    outline.add(text)
    return passagesOf(outline, { passageLength, overlap }).map((passage) => passage.text)
  }

  it('are cut between paragraphs, then sentences, then words', () => {
    expect(cut('aaaa aaaa.\n\nbbbb bbbb bbbb', 16)).toEqual(['aaaa aaaa.', 'bbbb bbbb bbbb'])
    expect(cut('It is one. It is two. It is', 22)).toEqual(['It is one. It is two.', 'It is'])
    expect(cut('one two three four', 10)).toEqual(['one two', 'three four'])
    expect(cut('x'.repeat(25), 10)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)])
  })

  it('begin with the end of the one before, at a word', () => {
    expect(cut('one two three four five six', 14, 6)).toEqual(['one two three', 'three four', 'four five six'])
  })

  it('leave out nothing, are never longer than they may be, and tear no character apart', () => {
    const words = Array.from({ length: 400 }, (_, index) => `${index.toString(36).padStart(3, '0')}🙂`)
    const text = words.map((word, index) => `${word}${['.\n\n', ' ', '! ', '\n', ' '][index % 5]}`).join('')
    for (const length of [33, 100, 1000])
      for (const overlap of [0, 20, 2000]) {
        const pieces = cut(text, length, overlap)
        expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(length)
        const found = pieces.flatMap((piece) => piece.split(/[.!\s]+/).filter((word) => word !== ''))
        expect([...new Set(found)]).toEqual(words)
        expect(found.length > words.length).toBe(overlap > 0)
      }
    const faces = cut('🙂'.repeat(50), 11)
    expect(faces.every((piece) => piece.isWellFormed())).toBe(true)
    expect(faces.join('')).toBe('🙂'.repeat(50))
  })
})
