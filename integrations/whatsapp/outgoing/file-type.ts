/** What Meta takes when a file is handed in. It refuses everything else, as a document too. */
const taken: ReadonlySet<string> = new Set([
  'text/plain',
  'application/pdf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'image/jpeg',
  'image/png',
  'image/webp',
  'audio/aac',
  'audio/amr',
  'audio/mpeg',
  'audio/mp4',
  'audio/ogg',
  'audio/opus',
  'video/mp4',
  'video/3gpp',
])

/** What can be read as it is, whatever it is called. */
const readable = /^text\/|[/+](?:json|xml|yaml|x-yaml|javascript|x-ndjson)$/

const unknown: readonly string[] = ['application/octet-stream', 'binary/octet-stream', '']

/** As what a file is handed in: what can be read is a plain text to Meta. Undefined for what it does not take. */
export function handedInAs(type: string, name: string): string | undefined {
  const known = unknown.includes(type) ? (byEnding[name.toLowerCase().split('.').at(-1) ?? ''] ?? type) : type
  if (taken.has(known)) return known
  return readable.test(known) ? 'text/plain' : undefined
}

/** For servers that do not say what they give. */
const byEnding: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  csv: 'text/csv',
  md: 'text/markdown',
  json: 'application/json',
  pdf: 'application/pdf',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  mp4: 'video/mp4',
  '3gp': 'video/3gpp',
}
