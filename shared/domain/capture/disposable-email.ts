import { disposableEmailBlocklistSet } from 'disposable-email-domains-js'

let blockedDomains: ReadonlySet<string> | undefined

/** Whether the domain of a normalised address, or one above it, gives out addresses to be thrown away. The list is read when it is first asked for. */
export function isDisposableEmail(email: string): boolean {
  blockedDomains ??= disposableEmailBlocklistSet()
  const labels = email.slice(email.lastIndexOf('@') + 1).split('.')
  for (let start = 0; start < labels.length - 1; start++)
    if (blockedDomains.has(labels.slice(start).join('.'))) return true
  return false
}
