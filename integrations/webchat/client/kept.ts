import type { ChatStorage } from './chat.ts'

/** Keeps the session where the browser does. One that refuses to keep anything has it for as long as the page is there. */
export function browserStorage(key: string): ChatStorage {
  let kept: string | null = null
  return {
    get: () => {
      try {
        return localStorage.getItem(key)
      } catch {
        return kept
      }
    },
    set: (value) => {
      kept = value
      try {
        if (value === null) localStorage.removeItem(key)
        else localStorage.setItem(key, value)
      } catch {
        // It is kept here.
      }
    },
  }
}

/** Who a proof says that the visitor is. The chat itself checks it. */
export function subjectOf(proof: string | null | undefined): string | undefined {
  try {
    const part = (proof ?? '').split('.')[1] ?? ''
    const bytes = Uint8Array.from(atob(part.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0))
    return (JSON.parse(new TextDecoder().decode(bytes)) as { sub?: string }).sub
  } catch {
    return undefined
  }
}
