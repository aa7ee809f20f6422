import type { LandingRequest } from './landing-request.ts'

/** Whether a post comes from a form on this site. The consent text was not shown to visitors of other sites. */
export function isSameSitePost({ headers }: Pick<LandingRequest, 'headers'>): boolean {
  const { origin, host } = headers
  const site = headers['sec-fetch-site']
  const type = headers['content-type'] ?? ''
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return false
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  // Under `Referrer-Policy: no-referrer`, browsers send `Origin: null` to the same origin too.
  if (origin === 'null') return site === 'same-origin'
  return origin === undefined || URL.parse(origin)?.host === host
}
