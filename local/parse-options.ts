import { isIP } from 'node:net'
import { parseArgs } from 'node:util'
import { normalizeMailbox } from '#shared/domain/fields/email.ts'
import { findSecretFault } from '#shared/outbound/webhook/signature.ts'
import type { AlertSettings } from './alerts/alert-channels.ts'
import { findBackupPlaceFault } from './data/folder-access.ts'
import type { ProxySettings } from './http/read-client-address.ts'
import { type LandingOptions, parseLandingOptions } from './parse-landing-options.ts'
import { parseSignInOptions, type SignInOptions } from './parse-sign-in-options.ts'
import { StartupError } from './startup-error.ts'
import type { BackupSettings } from './workers/create-backup-task.ts'

export type StartOptions = {
  output: 'people' | 'json' | 'help'
  port: number
  dataDir?: string
  /** Whether `npm start` writes a week of leads into a new folder. */
  sampleWeek: boolean
  serveOptions?: ServeOptions
}
/** The settings of production mode in addition to the port. */
export type ServeOptions = SignInOptions & {
  dataDir: string
  mail: { url: string; from: string }
  vendorAccounts: { trustedFormApiKey?: string; jornayaAccountCode?: string }
  turnstileSecret?: string
  proxy: ProxySettings
  publicUrl?: string
  retentionDays?: number
  listenAddress?: string
  secretsKeyFile?: string
  backups?: BackupSettings
  alerts?: AlertSettings
  landing?: LandingOptions
}

export const usage = `Prospectus on this machine: the API, its workers, an inbox and a sample school, in one process.

  npm start                  until Ctrl-C
  npm start -- --empty       without the sample week: sample records, and no leads
  npm start -- --json        print addresses and keys as one line of JSON when ready
  npm start -- --help        print this
  npm run serve              for real use: no sample data, strict, logs in JSON; see docs/one-machine.md

  PORT       the port to listen on, 3000 unless set; 0 for any free port
  DATA_DIR   the folder for all data; without it, npm start loses the data when it stops; required for serve
  SMTP_URL   serve: the mail server, such as smtps://user:password@mail.example
  MAIL_FROM  serve: the sender of emails to schools
  PUBLIC_URL  serve: the address at which people reach this host, such as https://leads.example.org; links in emails and to the portal begin with it
  OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET  serve: the OpenID provider by which staff may sign in, such as https://login.example.org;
               it sends people back to PUBLIC_URL/console; OIDC_NAME is what the button says
  SECOND_FACTOR  serve: who must use an authenticator app: owners, staff, or optional, as it is unless set
  TRUSTEDFORM_API_KEY  serve: the key of your TrustedForm account; certificates of leads are then verified and retained
  JORNAYA_ACCOUNT_CODE  serve: the code of your Jornaya account; LeadiD tokens of leads are then checked
  TURNSTILE_SECRET  serve: the secret for sources that use Cloudflare Turnstile
  TRUSTED_HOPS  serve: how many of your proxies are in front, 1 unless set; the outermost one writes the visitor's address
  ADDRESS_HEADER  serve: the header with the visitor's address: x-forwarded-for unless set, or forwarded (RFC 7239)
  LISTEN_ADDRESS  serve: 127.0.0.1 unless set; use another only if nothing but your proxy can reach the port, as in a container
  SECRETS_KEY_FILE  serve: a file outside DATA_DIR with a key of at least 32 characters, which encrypts the secrets in DATA_DIR
  BACKUP_DIR  serve: a folder for daily backups; the last 7 are kept, or as many as BACKUP_KEEP says
  BACKUP_KEY_FILE  serve: a file outside DATA_DIR with a key of at least 32 characters, which encrypts these backups
  ALERT_EMAIL  serve: who gets an email when something needs attention, such as a full disk
  ALERT_WEBHOOK_URL, ALERT_WEBHOOK_SECRET  serve: where alerts are also posted, signed with the secret (whsec_...)
  LANDING_KEY  serve: the publishable key of the source of the landing pages; without it, they are not served. They need PUBLIC_URL and
               SITE_NAME, PRIVACY_URL, TERMS_URL; also SITE_TAGLINE, SITE_COLOR (#rrggbb), SITE_LOGO_URL, CONTACT_URL
  RETENTION_DAYS  serve: delete personal data after this many days; without it, only on request
`

/** Returns the settings of command line and environment. @throws StartupError if they are invalid. */
export function parseOptions(args: readonly string[], env: { [name: string]: string | undefined }): StartOptions {
  const { PORT, DATA_DIR } = env
  const { values, positionals } = parseArgs({ args: [...args], options: flags, strict: false })
  const unknownFlags = Object.keys(values).filter((name) => !Object.hasOwn(flags, name))
  const unknownArgument = [
    ...unknownFlags.map((name) => (name.length > 1 ? `--${name}` : `-${name}`)),
    ...positionals,
  ][0]
  if (unknownArgument !== undefined)
    throw new StartupError(`Unknown argument "${unknownArgument}". Use --json, --empty or --help.`)
  return {
    output: values.help ? 'help' : values.json ? 'json' : 'people',
    port: parsePort(PORT),
    sampleWeek: values.empty !== true,
    ...(DATA_DIR && { dataDir: DATA_DIR }),
    ...(values.serve && !values.help && { serveOptions: parseServeOptions(env) }),
  }
}

const flags = {
  empty: { type: 'boolean' },
  json: { type: 'boolean' },
  serve: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

function parseServeOptions(env: { [name: string]: string | undefined }): ServeOptions {
  const {
    DATA_DIR,
    SMTP_URL,
    MAIL_FROM,
    JORNAYA_ACCOUNT_CODE,
    TRUSTEDFORM_API_KEY,
    TURNSTILE_SECRET,
    RETENTION_DAYS,
    TRUSTED_HOPS,
    ADDRESS_HEADER,
    LISTEN_ADDRESS,
    SECRETS_KEY_FILE,
    BACKUP_DIR,
    BACKUP_KEEP,
    BACKUP_KEY_FILE,
    ALERT_EMAIL,
    ALERT_WEBHOOK_URL,
    ALERT_WEBHOOK_SECRET,
    PUBLIC_URL,
  } = env
  if (!DATA_DIR) throw new StartupError('DATA_DIR is not set. Set it to the folder in which to store leads.')
  if (SMTP_URL?.includes('#'))
    throw new StartupError('SMTP_URL contains "#". Write %23 instead, and %2F instead of "/" in the password.')
  if (!SMTP_URL || !isMailServer(SMTP_URL))
    throw new StartupError('SMTP_URL is not set to a mail server, such as smtps://user:password@mail.example.')
  if (!isEncoded(SMTP_URL))
    throw new StartupError('SMTP_URL contains a "%" that is not a part of an encoded character. Write %25 instead.')
  if (!MAIL_FROM || normalizeMailbox(MAIL_FROM) === undefined)
    throw new StartupError('MAIL_FROM is not one email address. Set it to the sender of emails to schools.')
  if (RETENTION_DAYS && !/^[1-9]\d{0,4}$/.test(RETENTION_DAYS))
    throw new StartupError(`RETENTION_DAYS is "${RETENTION_DAYS}". Set it to a number of days, such as 1095.`)
  const retention = RETENTION_DAYS && { retentionDays: Number(RETENTION_DAYS) }
  const mail = { url: SMTP_URL, from: MAIL_FROM }
  if (LISTEN_ADDRESS && isIP(LISTEN_ADDRESS) === 0)
    throw new StartupError(`LISTEN_ADDRESS is "${LISTEN_ADDRESS}". Set it to an IP address, such as 127.0.0.1.`)
  if (BACKUP_KEEP && !/^[1-9]\d{0,3}$/.test(BACKUP_KEEP))
    throw new StartupError(`BACKUP_KEEP is "${BACKUP_KEEP}". Set it to the number of backups to keep, such as 7.`)
  const placeFault = BACKUP_DIR && findBackupPlaceFault(DATA_DIR, BACKUP_DIR)
  if (placeFault) throw new StartupError(`BACKUP_DIR ${placeFault}`)
  const backups = BACKUP_DIR && {
    backups: { into: BACKUP_DIR, keep: Number(BACKUP_KEEP || 7), ...(BACKUP_KEY_FILE && { keyFile: BACKUP_KEY_FILE }) },
  }
  const proxy = parseProxySettings(TRUSTED_HOPS, ADDRESS_HEADER)
  const landing = parseLandingOptions(env)
  return {
    dataDir: DATA_DIR,
    mail,
    proxy,
    vendorAccounts: {
      ...(TRUSTEDFORM_API_KEY && { trustedFormApiKey: TRUSTEDFORM_API_KEY }),
      ...(JORNAYA_ACCOUNT_CODE && { jornayaAccountCode: JORNAYA_ACCOUNT_CODE }),
    },
    ...(TURNSTILE_SECRET && { turnstileSecret: TURNSTILE_SECRET }),
    ...backups,
    alerts: parseAlertSettings({ email: ALERT_EMAIL, url: ALERT_WEBHOOK_URL, secret: ALERT_WEBHOOK_SECRET }),
    ...(SECRETS_KEY_FILE && { secretsKeyFile: SECRETS_KEY_FILE }),
    ...(PUBLIC_URL && { publicUrl: parsePublicUrl(PUBLIC_URL) }),
    ...(LISTEN_ADDRESS && { listenAddress: LISTEN_ADDRESS }),
    ...(landing && { landing }),
    ...parseSignInOptions(env),
    ...retention,
  }
}

function isMailServer(url: string): boolean {
  const { protocol = '', hostname = '' } = URL.parse(url) ?? {}
  return /^smtps?:$/.test(protocol) && hostname !== ''
}

function isEncoded(url: string): boolean {
  return !/%(?![\dA-F]{2})/i.test(url)
}

function parseAlertSettings({
  email,
  url,
  secret,
}: { [Name in 'email' | 'url' | 'secret']: string | undefined }): AlertSettings {
  if (email && !/^[^\s@]+@[^\s@]+$/.test(email))
    throw new StartupError(`ALERT_EMAIL is "${email}". Set it to one email address.`)
  if (!url) return { ...(email && { email }) }
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new StartupError('ALERT_WEBHOOK_URL is not a URL. Set it to one that begins with https://.')
  const fault = findSecretFault(secret ?? '')
  if (!secret || fault !== undefined)
    throw new StartupError(
      `ALERT_WEBHOOK_SECRET is not a valid secret. ${fault} Create one with: echo "whsec_$(openssl rand -base64 32)"`,
    )
  return { ...(email && { email }), webhook: { url, secret } }
}

function parsePublicUrl(text: string): string {
  const { protocol = '', origin = '', href } = URL.parse(text) ?? {}
  if (/^https?:$/.test(protocol) && href === `${origin}/`) return origin
  // A password that was written into it must not reach the log.
  throw new StartupError(
    'PUBLIC_URL is not the address of a host. Set it to a scheme and a host only, such as https://leads.example.org.',
  )
}

function parseProxySettings(trustedHops = '', addressHeader = ''): ProxySettings {
  if (!/^\d?$/.test(trustedHops))
    throw new StartupError(`TRUSTED_HOPS is "${trustedHops}". Set it to the number of your proxies, from 0 to 9.`)
  const header = addressHeader.toLowerCase() || 'x-forwarded-for'
  if (header !== 'x-forwarded-for' && header !== 'forwarded')
    throw new StartupError(`ADDRESS_HEADER is "${addressHeader}". Set it to x-forwarded-for or forwarded.`)
  return { addressHeader: header, trustedHops: Number(trustedHops || 1) }
}

function parsePort(value = ''): number {
  if (value.trim() === '') return 3000
  const port = /^\d{1,5}$/.test(value.trim()) ? Number(value) : Number.NaN
  if (port <= 65_535) return port
  throw new StartupError(`PORT is "${value}". Set it to a number from 1 to 65535, or to 0 for any free port.`)
}
