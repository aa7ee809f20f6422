import { createHash } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

type Account = { email?: string; email_verified?: boolean | string }
type Grant = { redirectUri: string; challenge: string; nonce: string; account: Account; used: boolean }

const keys = generateKeyPair('ES256', { extractable: true })

/**
 * An OpenID provider with an authorization code flow: it checks client, secret, redirect address, PKCE and that a code is used
 * once. `fetch` is the network to it, and `signIn` is the browser at its page: it returns the query that comes back.
 */
export function createFakeProvider({ issuer = 'https://login.example', now = () => new Date() } = {}) {
  const grants = new Map<string, Grant>()
  const state = {
    isDown: false,
    /** Replaces claims of ID tokens. */
    claims: {} as { [claim: string]: unknown },
    /** Whether the email is only in the response of the userinfo endpoint. */
    hidesEmail: false,
    /** Signs with a key that the provider does not publish. */
    signsWithOtherKey: false,
    requests: [] as string[],
  }
  const settings = { issuer, clientId: 'prospectus', name: 'Example Login' }
  const clientSecret = 'a secret of the client'

  const respond = (status: number, body: object) => Response.json(body, { status })

  async function createIdToken({ nonce, account }: Grant) {
    const { privateKey } = state.signsWithOtherKey ? await generateKeyPair('ES256') : await keys
    const seconds = Math.floor(now().getTime() / 1000)
    const email = state.hidesEmail ? {} : account
    const claims = { sub: 'subject', nonce, ...email, iss: issuer, aud: settings.clientId, ...state.claims }
    return new SignJWT({ iat: seconds, exp: seconds + 300, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .sign(privateKey)
  }

  async function exchange(form: URLSearchParams, authorization: string | null): Promise<Response> {
    const expected = `Basic ${Buffer.from(`${settings.clientId}:${encodeURIComponent(clientSecret).replaceAll('%20', '+')}`).toString('base64')}`
    if (authorization !== expected) return respond(401, { error: 'invalid_client' })
    const grant = grants.get(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (!grant || grant.used || grant.challenge !== challenge || grant.redirectUri !== form.get('redirect_uri'))
      return respond(400, { error: 'invalid_grant' })
    grant.used = true
    const access = `access ${form.get('code')}`
    return respond(200, { access_token: access, token_type: 'Bearer', id_token: await createIdToken(grant) })
  }

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    state.requests.push(pathname)
    if (pathname === '/.well-known/openid-configuration')
      return respond(200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/keys`,
        id_token_signing_alg_values_supported: ['ES256'],
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
      })
    if (pathname === '/keys') {
      const jwk = await exportJWK((await keys).publicKey)
      return respond(200, { keys: [{ ...jwk, kid: 'one', alg: 'ES256', use: 'sig' }] })
    }
    const authorization = request.headers.get('authorization')
    if (pathname === '/token') return exchange(new URLSearchParams(await request.text()), authorization)
    if (pathname === '/userinfo') {
      const grant = grants.get(authorization?.replace(/^Bearer access /, '') ?? '')
      return grant ? respond(200, { sub: 'subject', ...grant.account }) : respond(401, { error: 'invalid_token' })
    }
    return respond(404, { error: 'not_found' })
  }

  return {
    state,
    settings,
    clientSecret,
    fetch: async (...[input, init]: Parameters<typeof fetch>) => {
      if (state.isDown) throw new TypeError('fetch failed')
      return answer(new Request(input, init))
    },

    /** @param url where the console sent the browser. @returns the address to which the provider sends it back */
    signIn(url: string, account: Account): URL {
      const { searchParams } = new URL(url)
      const read = (name: string) => searchParams.get(name) ?? ''
      const redirect = new URL(read('redirect_uri'))
      const code = `code-${grants.size + 1}`
      grants.set(code, {
        redirectUri: redirect.href,
        challenge: read('code_challenge'),
        nonce: read('nonce'),
        account,
        used: false,
      })
      redirect.search = String(new URLSearchParams({ code, state: read('state') }))
      return redirect
    },
  }
}
