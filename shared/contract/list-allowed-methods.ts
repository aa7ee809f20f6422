/** What `Allow` says of a path with routes of these methods. HEAD is allowed wherever GET is (RFC 9110, section 9.3.2). */
export function listAllowedMethods(methods: readonly string[]): string[] {
  if (methods.length === 0) return []
  return [...methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS']
}
