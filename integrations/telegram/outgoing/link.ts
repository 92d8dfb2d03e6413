/** Whether Telegram takes an address for that of a link. It refuses the whole message for one that it does not. */
export function isLink(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  return protocol === 'tg:' || (/^https?:$/.test(protocol) && hostname.includes('.') && !/^[\d.]+$/.test(hostname))
}
