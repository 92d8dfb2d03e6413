/**
 * Fills the lists of packages of a page: what stands between `<!-- packages: interfaces -->` and `<!-- /packages -->`
 * becomes the names in that folder, each a link to it.
 */
export function fillPackageLists(text: string, namesIn: (folder: string) => readonly string[]): string {
  return text.replaceAll(
    /(<!-- packages: (\S+) -->).*?(<!-- \/packages -->)/gs,
    (_, opening: string, folder: string, closing: string) =>
      opening +
      namesIn(folder)
        .map((name) => `[\`${name}\`](${folder}/${name})`)
        .join(', ') +
      closing,
  )
}
