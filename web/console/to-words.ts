/** A name of the API in words: `grantedAt` becomes `Granted at`, `access-request` becomes `Access request`. */
export function toWords(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase()
  const spelled = words.replaceAll(/\b[a-z]+\d*\b/g, (word) => abbreviations[word] ?? word)
  return `${spelled.charAt(0).toUpperCase()}${spelled.slice(1)}`
}

const abbreviations: { readonly [word: string]: string } = {
  id: 'ID',
  ids: 'IDs',
  ip: 'IP',
  url: 'URL',
  utm: 'UTM',
  zip: 'ZIP',
  sha256: 'SHA-256',
}
