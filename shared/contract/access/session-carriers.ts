import * as z from 'zod'

/**
 * The header that console, portal and publisher page send with every call of a signed-in person: which of them calls. No page of another
 * origin can send it, because CORS does not allow it, so a cookie alone never counts.
 */
export const appHeader = 'x-prospectus-app'
export const signInApp = z.enum(['console', 'portal', 'publisher']).meta({ id: 'SignInApp' })

/** `__Host-`: browsers take these cookies only from this very host, over HTTPS, for the whole host. */
export const sessionCookies = {
  console: '__Host-console',
  portal: '__Host-portal',
  publisher: '__Host-publisher',
} as const
/** Which browser asked for a sign-in link. */
export const browserCookie = '__Host-browser'
/** What began a sign-in at the OpenID provider, sealed. */
export const providerCookie = '__Host-provider'
