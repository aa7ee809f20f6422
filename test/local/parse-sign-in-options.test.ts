import { expect, it } from 'vitest'
import { parseOptions } from '#local/parse-options.ts'
import { parseSignInOptions } from '#local/parse-sign-in-options.ts'

const env = {
  OIDC_ISSUER: 'https://login.example',
  OIDC_CLIENT_ID: 'prospectus',
  OIDC_CLIENT_SECRET: 'secret',
  PUBLIC_URL: 'https://leads.example',
}

it('needs no provider, and no authenticator app unless the setting says so', () => {
  expect(parseSignInOptions({})).toEqual({ secondFactorPolicy: 'optional' })
})

it('takes the provider, and names it by its host if it has no name', () => {
  expect(parseSignInOptions({ ...env, SECOND_FACTOR: 'owners' })).toEqual({
    oidc: { issuer: 'https://login.example', clientId: 'prospectus', clientSecret: 'secret', name: 'login.example' },
    secondFactorPolicy: 'owners',
  })
  expect(parseSignInOptions({ ...env, OIDC_NAME: 'Okta' }).oidc?.name).toBe('Okta')
})

it.each([
  ['OIDC_ISSUER', 'http://login.example', /^OIDC_ISSUER is not .*It must begin with https:\/\/\.$/],
  ['OIDC_ISSUER', 'login', /^OIDC_ISSUER is not the address of a sign-in provider/],
  ['OIDC_ISSUER', 'https://user:word@login.example', /^OIDC_ISSUER is not(?!.*word)/],
  ['OIDC_CLIENT_ID', '', /^OIDC_CLIENT_ID is not set/],
  ['OIDC_CLIENT_SECRET', '', /^OIDC_CLIENT_SECRET is not set/],
  ['PUBLIC_URL', '', /^PUBLIC_URL is not set\. The sign-in provider needs it/],
  ['SECOND_FACTOR', 'always', /^SECOND_FACTOR is "always"\. Set it to optional, owners, staff/],
])('refuses to start if %s is "%s"', (name, value, message) => {
  const mail = { SMTP_URL: 'smtps://mail.example', MAIL_FROM: 'leads@careers.example', DATA_DIR: '/data' }
  expect(() => parseOptions(['--serve'], { ...mail, ...env, [name]: value })).toThrow(message)
})

it('allows a provider on this machine without HTTPS, for a trial', () => {
  expect(parseSignInOptions({ ...env, OIDC_ISSUER: 'http://127.0.0.1:8080/realm' }).oidc?.issuer).toBe(
    'http://127.0.0.1:8080/realm',
  )
})
