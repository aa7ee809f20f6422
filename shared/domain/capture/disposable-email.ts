import { disposableEmailBlocklistSet } from 'disposable-email-domains-js'

let known: ReadonlySet<string> | undefined

/** Whether the domain of a normalised address, or one above it, gives out addresses to be thrown away. The list is read when it is first asked for. */
export function isDisposableEmail(email: string): boolean {
  known ??= disposableEmailBlocklistSet()
  const labels = email.slice(email.lastIndexOf('@') + 1).split('.')
  for (let from = 0; from < labels.length - 1; from++) if (known.has(labels.slice(from).join('.'))) return true
  return false
}
