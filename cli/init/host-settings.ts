import { resolve } from 'node:path'
import { parseOptions } from '#local/parse-options.ts'
import { StartupError } from '#local/startup-error.ts'
import type { Answers, SetupQuestion } from './ask-questions.ts'

/** What the host reads from its environment file, by question. */
const variables = {
  publicUrl: 'PUBLIC_URL',
  smtpUrl: 'SMTP_URL',
  mailFrom: 'MAIL_FROM',
  alertEmail: 'ALERT_EMAIL',
  retentionDays: 'RETENTION_DAYS',
  backupDir: 'BACKUP_DIR',
  port: 'PORT',
} as const
export const proxies = ['caddy', 'nginx', 'none'] as const
type VariableName = keyof typeof variables
type MachineSettingName = VariableName | 'proxy'
export type MachineSettings = Answers<MachineSettingName>
export type EnvironmentValues = { readonly [variable: string]: string }

// The host itself says whether a value is valid, so the others must be.
const validValues = {
  DATA_DIR: '/var/lib/prospectus',
  SMTP_URL: 'smtps://mail.example',
  MAIL_FROM: 'leads@mail.example',
}

// Of the system, or hidden from a service.
const notForBackups =
  /^\/(?:(?:var|var\/backups|opt|mnt|srv|run|media)?\/?$|(?:bin|boot|dev|etc|home|lib\w*|proc|root|run\/user|sbin|sys|tmp|usr|var\/tmp)(?:\/|$))/

/** The questions about a host. Their defaults are what its environment file says now. */
export function listHostQuestions(
  current: EnvironmentValues,
  usualProxy: (typeof proxies)[number] = 'caddy',
): SetupQuestion<MachineSettingName>[] {
  const question = (name: VariableName, text: string, fallback?: string): SetupQuestion<MachineSettingName> => ({
    name,
    text,
    default: current[variables[name]] ?? fallback,
    findFault: (answer) => findValueFault(variables[name], answer),
  })
  return [
    question('publicUrl', 'Address at which people will reach this host, such as https://leads.example.org'),
    question('smtpUrl', 'Mail server, such as smtps://user:password@mail.example'),
    question('mailFrom', 'Sender of emails to schools, such as leads@example.org'),
    question('alertEmail', 'Who gets an email when something needs attention', ''),
    question('retentionDays', 'Delete personal data after how many days', ''),
    question('backupDir', 'Folder for daily backups', '/var/backups/prospectus'),
    question('port', 'Port for the proxy to forward to', '3000'),
    {
      name: 'proxy',
      text: `Proxy that terminates TLS (${proxies.join(', ')})`,
      default: usualProxy,
      findFault: (answer) =>
        proxies.some((proxy) => proxy === answer) ? undefined : `Must be one of ${proxies.join(', ')}.`,
    },
  ]
}

function findValueFault(variable: string, value: string): string | undefined {
  if (/['\p{Cc}]/u.test(value)) return 'Must not contain an apostrophe or a control character. In a URL, write %27.'
  if (variable === 'PUBLIC_URL' && !value.startsWith('https://')) return 'Must begin with https://.'
  if (variable === 'PORT' && !(/^\d{4,5}$/.test(value) && Number(value) >= 1024 && Number(value) <= 65_535))
    return 'Must be a number from 1024 to 65535.'
  if (variable === 'BACKUP_DIR' && !/^\/[^\s%]*$/.test(value)) return 'Must be a full path without spaces.'
  if (variable === 'BACKUP_DIR' && notForBackups.test(value))
    return 'Must be a folder of its own that a service can write, such as /var/backups/prospectus.'
  try {
    parseOptions(['--serve'], { ...validValues, [variable]: value })
    return undefined
  } catch (error) {
    if (error instanceof StartupError) return error.message
    throw error
  }
}

/** Without what may be written in several ways, such as a slash at the end of an address. */
export function normalizeSettings(settings: MachineSettings): MachineSettings {
  return { ...settings, publicUrl: new URL(settings.publicUrl).origin, backupDir: resolve(settings.backupDir) }
}

/** The variables of the environment file. What it has besides stays, and an empty answer removes its variable. */
export function toEnvironment(settings: MachineSettings, current: EnvironmentValues): EnvironmentValues {
  const { proxy: _, ...answers } = settings
  const values: { [variable: string]: string } = { ...current }
  for (const [name, variable] of toEntries(variables)) values[variable] = answers[name]
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
}

/** Reads a file that systemd reads by `EnvironmentFile`. */
export function parseEnvironment(text: string): EnvironmentValues {
  const values: { [variable: string]: string } = {}
  for (const line of text.split('\n')) {
    const [, name, single, double, plain = ''] = /^([A-Z_]+)=(?:'(.*)'|"(.*)"|(.*))$/.exec(line.trim()) ?? []
    if (name !== undefined) values[name] = single ?? double?.replaceAll(/\\(.)/g, '$1') ?? plain
  }
  return values
}

/** In single quotes, neither systemd nor a shell changes anything. */
export function formatEnvironment(values: EnvironmentValues): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${/^[\w@%+=:,./-]*$/.test(value) ? value : `'${value}'`}\n`)
    .join('')
}

function toEntries<Name extends string, Value>(record: { [name in Name]: Value }): [Name, Value][] {
  return Object.entries(record) as [Name, Value][]
}
