let blockedDomains: ReadonlySet<string> | undefined

/**
 * Whether the domain of a normalized address, or a parent domain, is on the list of disposable email providers. The list is
 * loaded on first use; a Lambda has it next to its bundle, because a match does not need it.
 */
export async function isDisposableEmail(email: string): Promise<boolean> {
  blockedDomains ??= (await import('disposable-email-domains-js')).disposableEmailBlocklistSet()
  const labels = email.slice(email.lastIndexOf('@') + 1).split('.')
  for (let start = 0; start < labels.length - 1; start++)
    if (blockedDomains.has(labels.slice(start).join('.'))) return true
  return false
}
