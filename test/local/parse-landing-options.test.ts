import { expect, it } from 'vitest'
import { parseLandingOptions } from '#local/parse-landing-options.ts'
import { parseOptions } from '#local/parse-options.ts'

const env = {
  LANDING_KEY: 'pk_landing',
  PUBLIC_URL: 'https://careers.example',
  SITE_NAME: 'Careers Today',
  SITE_COLOR: '#8b0000',
  PRIVACY_URL: 'https://careers.example/privacy',
  TERMS_URL: 'https://careers.example/terms',
}

it('serves no landing pages without the key of their source', () => {
  expect(parseLandingOptions({})).toBeUndefined()
})

it('takes name, color and links of the publisher', () => {
  expect(parseLandingOptions(env)).toMatchObject({
    sourceKey: 'pk_landing',
    brand: { name: 'Careers Today', accentColor: '#8b0000', privacyUrl: env.PRIVACY_URL, termsUrl: env.TERMS_URL },
  })
})

it.each([
  ['PRIVACY_URL', '', /^PRIVACY_URL is not set\. Landing pages link to your privacy policy/],
  ['TERMS_URL', '', /^TERMS_URL is not set\. Landing pages link to your terms of use/],
  ['TERMS_URL', 'terms.html', /^TERMS_URL is "terms\.html"\. Set it to the address of your terms of use/],
  ['SITE_NAME', '', /^SITE_NAME is not set/],
  ['SITE_COLOR', '#ffcc00', /^SITE_COLOR is "#ffcc00", which has a contrast of 1\.\d to white/],
  ['PUBLIC_URL', '', /^PUBLIC_URL is not set/],
  ['LANDING_KEY', 'sk_secret', /^LANDING_KEY is not a publishable key/],
  ['SITE_LOGO_URL', 'javascript:alert(1)', /^SITE_LOGO_URL is /],
])('refuses to start production with landing pages if %s is "%s"', (name, value, message) => {
  const mail = { SMTP_URL: 'smtps://mail.example', MAIL_FROM: 'leads@careers.example', DATA_DIR: '/data' }
  expect(() => parseOptions(['--serve'], { ...mail, ...env, [name]: value })).toThrow(message)
})
