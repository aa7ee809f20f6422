/** Returns the value of a cookie. `cookies` are as API Gateway splits them: `name=value` each. */
export function readCookie(cookies: readonly string[], name: string): string | undefined {
  const prefix = `${name}=`
  return cookies
    .map((cookie) => cookie.trim())
    .find((cookie) => cookie.startsWith(prefix))
    ?.slice(prefix.length)
}

/** A cookie of this host that scripts cannot read, and that other sites do not send along. `seconds` 0 deletes it. */
export function formatCookie(name: string, value: string, seconds: number): string {
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`
}
