import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { secondFactorPolicy } from '#shared/domain/access/second-factor.ts'
import { findIssuerFault } from '#shared/outbound/oidc/oidc-settings.ts'
import { rateLimits } from '#shared/platform/rate-limits.ts'

/** Where the stage files are: one for each stage, named after it. */
export const stageFolder = join(import.meta.dirname, '../stages')

const email = z.string().regex(/^[^@\s]+@[^@\s]+\.[^@\s]+$/)
const positiveInteger = z.int().min(1)
const tableName = z.string().regex(/^[\w.-]{3,255}$/)
const logRetentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653] as const

const sizes = z
  .strictObject({
    requestsPerSecond: positiveInteger,
    burst: positiveInteger,
    concurrentDeliveries: z.int().min(2).max(1000),
    captureConcurrency: z.union([positiveInteger, z.literal('unreserved')]),
    logRetentionDays: z.literal(logRetentionDays),
    earlyQueue: z.enum(['on', 'off']),
    tracing: z.enum(['on', 'off']),
    dashboard: z.enum(['on', 'off']),
  })
  .partial()

/** The OpenID provider of staff; its secret is not in a file, but `oidcClientSecret` of the service secret. */
const oidc = z.strictObject({
  issuer: z.url().refine((issuer) => issuer.startsWith('https://') && findIssuerFault(issuer) === undefined),
  clientId: z.string().min(1).max(300),
  name: z.string().min(1).max(40).exactOptional(),
})

/** `ops restore` writes these. */
const restoredTables = z.strictObject({ catalog: tableName, leads: tableName }).partial()

/** What an operator decides about a stage. `requirements` says the same in words. */
const stageFile = z.strictObject({
  production: z.boolean(),
  account: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
  mailFrom: email,
  alarmEmails: z.array(email),
  retentionDays: z.union([z.int().min(1).max(99_999), z.literal('never')]),
  edge: z.enum(['on', 'off']),
  domainName: z
    .string()
    .regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/)
    .optional(),
  certificateArn: z
    .string()
    .regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\/[\w-]+$/)
    .optional(),
  publicUrl: z
    .string()
    .regex(/^https:\/\/([a-z0-9-]+\.)+[a-z]{2,}$/)
    .optional(),
  oidc: oidc.optional(),
  secondFactor: secondFactorPolicy.default('optional'),
  edgeEdition: z
    .string()
    .regex(/^[\w.-]{1,30}$/)
    .default('1'),
  sizes: sizes.default({}),
  maintenance: z.enum(['on', 'off']).default('off'),
  tables: restoredTables.default({}),
})
export type StageFile = z.output<typeof stageFile>
export type StageSettingName = keyof StageFile

/** Each setting, as in: `mailFrom must be ...` */
const requirements: { [Name in StageSettingName]: string } & {
  [inner: `${'sizes' | 'tables' | 'oidc'}.${string}`]: string
} = {
  production: 'true or false: true protects the tables, and requires account, sender and alarm addresses',
  account: 'the 12 digits of the AWS account of this stage, in quotes',
  region: 'an AWS region, such as "us-east-1"',
  mailFrom: 'the email address from which leads are sent, verified in SES',
  alarmEmails: 'a list of email addresses that are notified by alarms',
  retentionDays: 'the number of days after which personal data is erased, or "never"',
  edge: '"on", or "off" for no CloudFront and no firewall',
  domainName: 'a host name of your own in lower case, such as "leads.your-domain.com"',
  certificateArn: "the ARN of the domain's certificate, which must be in us-east-1",
  publicUrl:
    'the HTTPS address at which people reach the stage, such as "https://abc123.cloudfront.net", for sign-in links; with domainName it is not needed',
  oidc: 'an object with issuer and clientId of your OpenID provider, or left out',
  'oidc.issuer': 'the HTTPS address of an OpenID provider, such as "https://login.your-domain.com"',
  'oidc.clientId': 'the ID that the provider gave to this stage',
  'oidc.name': 'what the button says, in at most 40 characters, or left out',
  secondFactor: '"optional", "owners" or "staff": who must use an authenticator app',
  edgeEdition: 'a number or a word in quotes; another one makes the edge read its secret again',
  sizes: 'an object of sizes, or left out',
  'sizes.requestsPerSecond': 'a positive integer',
  'sizes.burst': 'a positive integer',
  'sizes.concurrentDeliveries': 'an integer from 2 to 1000',
  'sizes.captureConcurrency': 'a positive integer, or "unreserved"',
  'sizes.logRetentionDays': `one of ${logRetentionDays.join(', ')}`,
  'sizes.earlyQueue': '"on" or "off"',
  'sizes.tracing': '"on" or "off"',
  'sizes.dashboard': '"on" or "off"',
  maintenance: '"on" to refuse writes while tables are restored, or "off"',
  tables: 'an object with the names of restored tables, or left out',
  'tables.catalog': 'the name of a table',
  'tables.leads': 'the name of a table',
}
export const stageSettingNames: readonly string[] = Object.keys(stageFile.shape)

/** A stage file that cannot be used. Its message has a line for each setting to correct. */
export class StageFileError extends Error {}

/**
 * Reads and checks the file of a stage.
 * @param overrides settings that replace those of the file; refused if the stage is for production
 * @throws StageFileError that names the file, each wrong setting and what to write
 */
export function readStageFile(
  name: string,
  {
    folder = stageFolder,
    overrides = {},
  }: { folder?: string; overrides?: { readonly [setting: string]: unknown } } = {},
): StageFile {
  const names = listStageNames(folder)
  if (!names.includes(name))
    throw new StageFileError(
      `There is no stage "${name}". The stages are ${names.join(' and ')}: a file each in ${folder}.`,
    )
  const file = `stages/${name}.json`
  const content = parseJson(readFileSync(join(folder, `${name}.json`), 'utf8'), file)
  const [override] = Object.keys(overrides)
  if (override !== undefined && content.production !== false)
    throw new StageFileError(
      `-c ${override}=...: a stage for production takes its settings from its file alone. Write ${override} into ${file}.`,
    )
  const settings = { ...content, ...overrides }
  const { data, error } = stageFile.safeParse(settings)
  const wrongSettings = new Set(error?.issues.map(({ path }) => String(path[0])))
  const faults = [
    ...(error?.issues ?? []).flatMap(describeIssue),
    ...findStageFaults(name, stageFile.partial().safeParse(pickValidSettings(settings)).data ?? {}).flatMap(
      ({ setting, fault }) => (wrongSettings.has(setting) ? [] : [fault]),
    ),
  ]
  if (data === undefined || faults.length > 0)
    throw new StageFileError([`${file} cannot be used:`, ...faults].join('\n  '))
  return data
}

function pickValidSettings(settings: { readonly [setting: string]: unknown }) {
  return Object.fromEntries(
    Object.entries(stageFile.shape).flatMap(([setting, schema]) =>
      schema.safeParse(settings[setting]).success ? [[setting, settings[setting]]] : [],
    ),
  )
}

/** The names of the stage files in a folder. */
export function listStageNames(folder = stageFolder): string[] {
  return readdirSync(folder)
    .flatMap((file) => /^(?<name>[a-z][a-z0-9-]{0,19})\.json$/.exec(file)?.groups?.name ?? [])
    .toSorted()
}

/** A domain that is reserved for examples and tests, to which no one can send email. */
export function isPlaceholder(address: string): boolean {
  return /(^|[@.])(example|invalid|test|localhost|example\.(com|net|org))$/i.test(address)
}

/** What settings that are valid by themselves must not be together. */
function findStageFaults(
  name: string,
  file: { [Name in StageSettingName]?: StageFile[Name] | undefined },
): { setting: StageSettingName; fault: string }[] {
  const { production = false, account, mailFrom = '', alarmEmails = [], domainName, certificateArn } = file
  const { requestsPerSecond = Number.POSITIVE_INFINITY } = file.sizes ?? {}
  const keyRequestsPerSecond = rateLimits[production ? 'prod' : 'dev'].perKey / 60
  const checks: [setting: StageSettingName, fails: boolean, fault: string][] = [
    [
      'certificateArn',
      (domainName === undefined) !== (certificateArn === undefined),
      'domainName and certificateArn: set both, or neither.',
    ],
    [
      'certificateArn',
      account !== undefined && certificateArn !== undefined && !certificateArn.includes(`:${account}:`),
      `certificateArn is of another account than ${account}.`,
    ],
    [
      'production',
      name === 'prod' && !production,
      'production must be true in this file. For a trial, write another stage file.',
    ],
    [
      'sizes',
      requestsPerSecond < keyRequestsPerSecond,
      `sizes.requestsPerSecond is ${requestsPerSecond}, but the limit of one key is ${keyRequestsPerSecond} a second: it must be at least that.`,
    ],
    [
      'oidc',
      file.oidc !== undefined && (domainName === undefined || file.edge === 'off') && file.publicUrl === undefined,
      'oidc needs publicUrl, or domainName with the edge: the provider sends people back to it.',
    ],
    ['account', production && account === undefined, `account is missing: it must be ${requirements.account}.`],
    [
      'mailFrom',
      production && isPlaceholder(mailFrom),
      `mailFrom is ${mailFrom}, a placeholder: it must be ${requirements.mailFrom}.`,
    ],
    [
      'alarmEmails',
      production && !alarmEmails.some((address) => !isPlaceholder(address)),
      'alarmEmails is empty or has placeholders only, so no one would hear of a failure: write an email address.',
    ],
  ]
  return checks.flatMap(([setting, fails, fault]) => (fails ? [{ setting, fault }] : []))
}

/** The settings that are objects. */
const groups: { [setting: string]: z.ZodObject } = { sizes, tables: restoredTables, oidc }

function describeIssue({ path, ...issue }: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    const place = path.length === 0 ? '' : `${path.join('.')}.`
    const names = path.length === 0 ? stageSettingNames : Object.keys(groups[String(path[0])]?.shape ?? {})
    return issue.keys.map((key) => `${place}${key} is not a setting. The settings are ${names.join(', ')}.`)
  }
  const setting = String(path[0]) in groups ? path.slice(0, 2).join('.') : String(path[0] ?? '')
  return [`${setting} must be ${new Map(Object.entries(requirements)).get(setting)}.`]
}

const jsonObject = z.record(z.string(), z.unknown())

function parseJson(text: string, file: string): { readonly [setting: string]: unknown } {
  try {
    return jsonObject.parse(JSON.parse(text))
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'it must be one object in braces'
    throw new StageFileError(`${file} is not valid JSON: ${reason}.`)
  }
}
