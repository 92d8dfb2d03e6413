/** Part of the script of the page: Markdown as elements. Whatever it says becomes text of elements that are made one by one: none of it is read as HTML. */
export const markdownScript = String.raw`
  // ---- Markdown ----------------------------------------------------------------------------------------------------

  const inlinePattern = new RegExp([
    '(?<!\x60)(\x60+)(?!\x60)([^]*?[^\x60])\\1(?!\x60)',
    '\\*\\*(?=\\S)([^]*?\\S)\\*\\*',
    '__(?=\\S)([^]*?\\S)__(?![\\p{L}\\p{N}])',
    '~~(?=\\S)([^]*?\\S)~~',
    '\\*(?=[^\\s*])([^*]*?[^\\s*])\\*',
    '(?<![\\p{L}\\p{N}])_(?=[^\\s_])([^_]*?[^\\s_])_(?![\\p{L}\\p{N}])',
    '!?\\[([^\\]\\[]*)\\]\\(\\s*<?([^\\s()<>]*(?:\\([^\\s()<>]*\\)[^\\s()<>]*)*)>?(?:\\s+"[^"]*")?\\s*\\)',
    '<(https?:[^\\s<>]+)>',
    '\\\\([!-/:-@\\[-\x60{-~])',
  ].join('|'), 'u')

  /** The elements of a line. What is nested too deeply stays as it is written. */
  function inline(source, depth = 0) {
    const made = []
    let rest = source
    for (let found; depth < 6 && (found = inlinePattern.exec(rest)); rest = rest.slice(found.index + found[0].length)) {
      const [whole, , code, strong, strongToo, struck, emphasis, emphasisToo, label, address, plain, escaped] = found
      if (found.index > 0) made.push(...linked(rest.slice(0, found.index)))
      const wrap = (tag, content) => { const item = make(tag); item.append(...inline(content, depth + 1)); made.push(item) }
      if (code !== undefined) made.push(make('code', '', code.trim()))
      else if (strong ?? strongToo) wrap('strong', strong ?? strongToo)
      else if (struck) wrap('s', struck)
      else if (emphasis ?? emphasisToo) wrap('em', emphasis ?? emphasisToo)
      else if (plain) made.push(...linked(plain))
      else if (escaped) made.push(escaped)
      else if (isWebAddress(address)) {
        const item = link(address, '')
        item.append(...(label ? inline(label, 6) : [address]))
        made.push(item)
      } else made.push(label || whole)
    }
    if (rest !== '') made.push(...linked(rest))
    return made
  }

  const fence = /^ {0,3}(\x60{3,}|~{3,})/
  const bullet = /^( *)([-*+]|\d{1,9}[.)])( +|$)/
  const isRule = (line) => /^ {0,3}([-*_])( *\1){2,} *$/.test(line)
  const isRow = (line) => line !== undefined && line.includes('|')
  const isSeparator = (line) => isRow(line) && /^[\s|:-]+$/.test(line) && line.includes('-')
  const cells = (line) => line.trim().replace(/^\|/, '').replace(/(?<!\\)\|$/, '').split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))

  /** The elements of a text. */
  function markdown(source, depth = 0) {
    const lines = source.replaceAll('\r\n', '\n').replaceAll('\t', '    ').split('\n')
    const made = []
    const block = (tag, ...content) => { const item = make(tag); item.append(...content); made.push(item); return item }
    const within = (content) => depth < 6 ? markdown(content, depth + 1) : [content]
    let at = 0
    while (at < lines.length) {
      const line = lines[at]
      if (line.trim() === '') { at += 1; continue }
      const opened = fence.exec(line)?.[1]
      if (opened) {
        const code = []
        for (at += 1; at < lines.length && !lines[at].trimStart().startsWith(opened); at += 1) code.push(lines[at])
        at += 1
        block('pre', make('code', '', code.join('\n'))).tabIndex = 0
        continue
      }
      const heading = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line)
      if (heading) { block('h' + Math.min(6, heading[1].length + 1), ...inline(heading[2])); at += 1; continue }
      if (isRule(line)) { block('hr'); at += 1; continue }
      if (/^ {0,3}>/.test(line)) {
        const quoted = []
        for (; at < lines.length && /^ {0,3}>/.test(lines[at]); at += 1) quoted.push(lines[at].replace(/^ {0,3}> ?/, ''))
        block('blockquote', ...within(quoted.join('\n')))
        continue
      }
      const first = bullet.exec(line)
      if (first) {
        const ordered = /\d/.test(first[2])
        const list = block(ordered ? 'ol' : 'ul')
        if (ordered && parseInt(first[2]) !== 1) list.start = parseInt(first[2])
        while (at < lines.length) {
          const next = bullet.exec(lines[at])
          if (!next || /\d/.test(next[2]) !== ordered || next[1].length > first[1].length + 1 || next[1].length < first[1].length) break
          const indent = next[1].length + next[2].length + Math.max(1, next[3].length)
          const content = [lines[at].slice(next[0].length)]
          for (at += 1; at < lines.length; at += 1) {
            const deeper = lines[at].startsWith(' '.repeat(Math.min(indent, 2) + first[1].length)) && lines[at].trim() !== ''
            const blank = lines[at].trim() === '' && lines[at + 1]?.startsWith(' '.repeat(first[1].length + 2))
            if (!deeper && !blank) break
            content.push(lines[at].slice(Math.min(indent, lines[at].search(/\S|$/))))
          }
          while (at < lines.length && lines[at].trim() === '' && bullet.test(lines[at + 1] ?? '')) at += 1
          const item = make('li')
          const inside = within(content.join('\n'))
          // A line by itself is no paragraph in a list.
          if (inside[0]?.tagName === 'P') item.append(...inside.shift().childNodes)
          item.append(...inside)
          list.append(item)
        }
        continue
      }
      if (isRow(line) && isSeparator(lines[at + 1])) {
        const table = make('table')
        const row = (tag, source) => {
          const item = make('tr')
          item.append(...cells(source).map((cell) => { const made = make(tag); made.append(...inline(cell)); return made }))
          return item
        }
        const [head, body] = [make('thead'), make('tbody')]
        head.append(row('th', line))
        for (at += 2; isRow(lines[at]); at += 1) body.append(row('td', lines[at]))
        table.append(head, body)
        const scroller = make('div', 'table')
        scroller.tabIndex = 0
        scroller.append(table)
        made.push(scroller)
        continue
      }
      const paragraph = []
      for (; at < lines.length && lines[at].trim() !== '' && (paragraph.length === 0 || !(fence.test(lines[at]) || bullet.test(lines[at]) || /^ {0,3}(?:>|#{1,6}\s)/.test(lines[at]) || isRule(lines[at]))); at += 1)
        paragraph.push(lines[at].trim())
      const item = block('p')
      paragraph.forEach((part, index) => item.append(...(index > 0 ? [make('br')] : []), ...inline(part)))
    }
    return made
  }
`
