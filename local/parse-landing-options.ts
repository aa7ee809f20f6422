import { type Brand, findAccentFault } from '#web/landing/brand.ts'
import { StartupError } from './startup-error.ts'

/** The landing pages of a production host: the publishable key of their source, and what the publisher set. */
export type LandingOptions = { sourceKey: string; brand: Brand }

/**
 * Returns the settings of the landing pages, or undefined if they are not served. Visitors must be able to read the privacy
 * policy and the terms of the publisher, so pages without them are refused. @throws StartupError
 */
export function parseLandingOptions(env: { [name: string]: string | undefined }): LandingOptions | undefined {
  const { LANDING_KEY, SITE_NAME, SITE_TAGLINE, SITE_COLOR, PUBLIC_URL } = env
  if (!LANDING_KEY) return undefined
  if (!LANDING_KEY.startsWith('pk_'))
    throw new StartupError(
      'LANDING_KEY is not a publishable key. Set it to the pk_ key of the source of the landing pages.',
    )
  if (!PUBLIC_URL)
    throw new StartupError('PUBLIC_URL is not set. Landing pages need it: set it to the address that visitors open.')
  if (!SITE_NAME) throw new StartupError('SITE_NAME is not set. Set it to the name that landing pages show.')
  const colorFault = SITE_COLOR && findAccentFault(SITE_COLOR)
  if (colorFault) throw new StartupError(`SITE_COLOR is "${SITE_COLOR}", which ${colorFault}.`)
  return {
    sourceKey: LANDING_KEY,
    brand: {
      name: SITE_NAME,
      tagline: SITE_TAGLINE || undefined,
      accentColor: SITE_COLOR || undefined,
      logoUrl: parseAddress(env, 'SITE_LOGO_URL', 'a picture'),
      contactUrl: parseAddress(env, 'CONTACT_URL', 'your contact page'),
      privacyUrl: requireAddress(env, 'PRIVACY_URL', 'your privacy policy'),
      termsUrl: requireAddress(env, 'TERMS_URL', 'your terms of use'),
    },
  }
}

function requireAddress(env: { [name: string]: string | undefined }, name: string, page: string): string {
  const address = parseAddress(env, name, page)
  if (address !== undefined) return address
  throw new StartupError(
    `${name} is not set. Landing pages link to ${page}: set it to an address that begins with https://.`,
  )
}

function parseAddress(env: { [name: string]: string | undefined }, name: string, page: string): string | undefined {
  const address = env[name]
  if (!address) return undefined
  if (URL.parse(address)?.protocol === 'https:') return address
  throw new StartupError(`${name} is "${address}". Set it to the address of ${page}, which begins with https://.`)
}
