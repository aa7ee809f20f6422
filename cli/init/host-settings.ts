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

/** The questions about a host. Their defaults are what its environment file says now. */
export function listHostQuestions(current: EnvironmentValues): SetupQuestion<MachineSettingName>[] {
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
      default: 'caddy',
      findFault: (answer) =>
        proxies.some((proxy) => proxy === answer) ? undefined : `Must be one of ${proxies.join(', ')}.`,
    },
  ]
}

function findValueFault(variable: string, value: string): string | undefined {
  if (/['\p{Cc}]/u.test(value)) return 'Must not contain an apostrophe or a control character. In a URL, write %27.'
  if (variable === 'PUBLIC_URL' && !value.startsWith('https://')) return 'Must begin with https://.'
  if (variable === 'PORT' && Number(value) < 1024) return 'Must be a number from 1024 to 65535.'
  if (variable === 'BACKUP_DIR' && !/^\/[^\s%]+$/.test(value)) return 'Must be a full path without spaces.'
  try {
    parseOptions(['--serve'], { ...validValues, [variable]: value })
    return undefined
  } catch (error) {
    if (error instanceof StartupError) return error.message
    throw error
  }
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
