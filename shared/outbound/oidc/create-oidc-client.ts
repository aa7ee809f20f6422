import type * as oauth from 'oauth4webapi'
import { isLoopbackIssuer, type OidcSettings } from './oidc-settings.ts'

export type OidcClient = ReturnType<typeof createOidcClient>
/** The secrets of one sign-in, which only the browser that began it brings back. */
export type OidcAttempt = { state: string; nonce: string; codeVerifier: string }
/** Whom the provider signed in, or why no one was: `refused` by the provider, an `invalid` response, or none. */
export type OidcIdentity =
  | { email: string | undefined; isEmailVerified: boolean }
  | { fault: 'refused' | 'invalid' | 'unavailable'; reason: string }

type ClientDependencies = { readClientSecret: () => Promise<string>; fetch: typeof fetch; now: () => Date }
type ProviderRequest = Omit<RequestInit, 'body' | 'signal'> & {
  body?: URLSearchParams | undefined
  signal?: AbortSignal | undefined
}
type Callback = { parameters: URLSearchParams; redirectUri: string; attempt: OidcAttempt }

/**
 * Signs people in at an OpenID provider: discovery, authorization code with PKCE, state and nonce (OpenID Connect Core 1.0,
 * RFC 7636, RFC 9700). The library is loaded when the first person signs in.
 */
export function createOidcClient({ issuer, clientId, name }: OidcSettings, deps: ClientDependencies) {
  let found: { server: oauth.AuthorizationServer; at: number } | undefined
  const jwks: oauth.JWKSCacheInput = {}

  async function load() {
    const library = await import('oauth4webapi')
    const options = () => ({
      [library.customFetch]: (url: string, { body, signal, ...init }: ProviderRequest) =>
        deps.fetch(url, { ...init, ...(signal && { signal }), ...(body !== undefined && { body }) }),
      [library.allowInsecureRequests]: isLoopbackIssuer(issuer),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const now = deps.now().getTime()
    if (!found || now - found.at > metadataMs) {
      const url = new URL(issuer)
      const response = await library.discoveryRequest(url, options())
      found = { server: await library.processDiscoveryResponse(url, response), at: now }
    }
    return { library, options, server: found.server }
  }

  return {
    name,

    /** Returns where the browser goes to sign in. @throws Error if the provider cannot be asked */
    async buildUrl(redirectUri: string, { state, nonce, codeVerifier }: OidcAttempt): Promise<string> {
      const { library, server } = await load()
      if (server.authorization_endpoint === undefined) throw new Error('The provider has no authorization endpoint.')
      const url = new URL(server.authorization_endpoint)
      const challenge = await library.calculatePKCECodeChallenge(codeVerifier)
      for (const [parameter, value] of Object.entries({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state,
        nonce,
        code_challenge: challenge,
        code_challenge_method: 'S256',
      }))
        url.searchParams.set(parameter, value)
      return url.href
    },

    /** Exchanges the code in the address to which the provider sent the browser back. */
    async readIdentity({ parameters, redirectUri, attempt }: Callback): Promise<OidcIdentity> {
      try {
        const { library, options, server } = await load()
        const client = { client_id: clientId, [library.clockTolerance]: clockToleranceSeconds }
        const secret = await deps.readClientSecret()
        const authentication = supportsBasic(server)
          ? library.ClientSecretBasic(secret)
          : library.ClientSecretPost(secret)
        const checked = library.validateAuthResponse(server, client, parameters, attempt.state)
        const response = await library.authorizationCodeGrantRequest(
          ...([server, client, authentication, checked, redirectUri, attempt.codeVerifier, options()] as const),
        )
        const tokens = await library.processAuthorizationCodeResponse(server, client, response, {
          expectedNonce: attempt.nonce,
          requireIdToken: true,
        })
        await library.validateApplicationLevelSignature(server, response, { ...options(), [library.jwksCache]: jwks })
        const claims = library.getValidatedIdTokenClaims(tokens)
        if (claims === undefined) return { fault: 'invalid', reason: 'no ID token' }
        // Some providers give the email only to those who ask for it with the access token.
        if (claims.email !== undefined || server.userinfo_endpoint === undefined) return toIdentity(claims)
        const infoResponse = await library.userInfoRequest(server, client, tokens.access_token, options())
        return toIdentity(await library.processUserInfoResponse(server, client, claims.sub, infoResponse))
      } catch (error) {
        return describeFailure(error)
      }
    },
  }
}

function supportsBasic({ token_endpoint_auth_methods_supported: methods }: oauth.AuthorizationServer): boolean {
  return methods === undefined || methods.includes('client_secret_basic')
}

/** Amazon Cognito writes the boolean as text. */
function toIdentity({ email, email_verified }: { readonly [claim: string]: unknown }): OidcIdentity {
  return {
    email: typeof email === 'string' ? email : undefined,
    isEmailVerified: email_verified === true || email_verified === 'true',
  }
}

/** The reason is a code, never a text of the provider, in which a person could be named. */
function describeFailure(error: unknown): Extract<OidcIdentity, { fault: string }> {
  const { code, name, error: providerCode } = toFields(error)
  if (code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR' || code === 'OAUTH_RESPONSE_BODY_ERROR')
    return { fault: 'refused', reason: /^\w{1,40}$/.test(providerCode) ? providerCode : code }
  if (code.startsWith('OAUTH_')) return { fault: 'invalid', reason: code }
  return { fault: 'unavailable', reason: code || name }
}

function toFields(error: unknown): { code: string; name: string; error: string } {
  const fields: { [name: string]: unknown } = error instanceof Error ? { ...error } : {}
  const name = error instanceof Error ? error.name : 'Error'
  return { name, code: String(fields.code ?? ''), error: String(fields.error ?? '') }
}

/** The metadata of the provider is read again after an hour. */
const metadataMs = 3600_000
/** Below the time that an API call has. */
const timeoutMs = 8000
const clockToleranceSeconds = 60
