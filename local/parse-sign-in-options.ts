import { type SecondFactorPolicy, secondFactorPolicy } from '#shared/domain/access/second-factor.ts'
import { findIssuerFault, type OidcSettings } from '#shared/outbound/oidc/oidc-settings.ts'
import { StartupError } from './startup-error.ts'

/** How staff sign in besides by email. */
export type SignInOptions = {
  oidc?: (OidcSettings & { clientSecret: string }) | undefined
  secondFactorPolicy?: SecondFactorPolicy | undefined
}

/** Returns the OpenID provider of staff, and who needs an authenticator app. @throws StartupError */
export function parseSignInOptions(env: { [name: string]: string | undefined }): SignInOptions {
  const { OIDC_ISSUER, SECOND_FACTOR } = env
  const { data: policy } = secondFactorPolicy.safeParse(SECOND_FACTOR || 'optional')
  if (policy === undefined)
    throw new StartupError(
      `SECOND_FACTOR is "${SECOND_FACTOR}". Set it to ${secondFactorPolicy.options.join(', ')}: who must use an authenticator app.`,
    )
  return { ...(OIDC_ISSUER && { oidc: parseProvider(OIDC_ISSUER, env) }), secondFactorPolicy: policy }
}

function parseProvider(issuer: string, env: { [name: string]: string | undefined }) {
  const { OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME, PUBLIC_URL } = env
  const fault = findIssuerFault(issuer)
  if (fault !== undefined) throw new StartupError(`OIDC_ISSUER is not the address of a sign-in provider. ${fault}`)
  if (!OIDC_CLIENT_ID)
    throw new StartupError('OIDC_CLIENT_ID is not set. Set it to the ID that your provider gave you.')
  if (!OIDC_CLIENT_SECRET)
    throw new StartupError('OIDC_CLIENT_SECRET is not set. Set it to the secret that your provider gave you.')
  if (!PUBLIC_URL)
    throw new StartupError(
      'PUBLIC_URL is not set. The sign-in provider needs it: it sends people back to PUBLIC_URL/console.',
    )
  const name = OIDC_NAME || new URL(issuer).hostname
  return { issuer, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET, name }
}
