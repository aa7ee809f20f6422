/** Whether an address is that of a TrustedForm certificate. Whether there is one behind it, is asked elsewhere. */
export function isTrustedFormCertificate(address: string): boolean {
  return /^https:\/\/cert\.trustedform\.com\/[A-Za-z0-9_-]{16,128}$/.test(address)
}
