import * as z from 'zod'
import { matches, singleLine, uniqueBy } from '../../vocabulary.ts'
import { emailRecipients } from '../email-endpoint.ts'
import { fileSchedule } from './file-schedule.ts'

const schedule = fileSchedule.meta({
  description: 'All leads that wait at one of these times are one file. Without a lead no file is sent.',
})

/** Leads that are sent together, as a CSV file attached to an email. */
export const emailFileEndpoint = z.strictObject({
  kind: z.literal('email-file'),
  to: emailRecipients,
  schedule,
})
export type EmailFileEndpoint = z.output<typeof emailFileEndpoint>

const hostName = z
  .string()
  .max(253)
  .regex(/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/, 'must be a host name, such as sftp.example.edu')
const folder = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[A-Za-z0-9_ .@+/-]+$/, 'must be a folder, such as /incoming/leads')
  .refine((path) => !path.split('/').includes('..'), 'must not contain `..`')
const hostKey = z
  .string()
  .regex(
    /^SHA256:[A-Za-z0-9+/]{43}$/,
    'must be a fingerprint, such as ssh-keygen -lf prints: SHA256: and 43 characters',
  )

export const sftpFields = {
  kind: z.literal('sftp'),
  host: hostName,
  port: z.int().min(1).max(65_535).default(22),
  username: singleLine(128),
  folder: folder.default('.').meta({ description: 'Where files are written. It must exist.' }),
  hostKeys: z
    .array(hostKey)
    .min(1)
    .max(5)
    .refine(...uniqueBy<string>((key) => key))
    .meta({
      description:
        'Fingerprints of the keys that the server may show, as `ssh-keyscan HOST | ssh-keygen -lf -` prints them. With any other ' +
        'key nothing is sent.',
    }),
  schedule,
}
/** Leads that are sent together, as a CSV file by SFTP. */
export const sftpEndpoint = z.strictObject(sftpFields)
export type SftpEndpoint = z.output<typeof sftpEndpoint>

export const sftpInput = z
  .strictObject({
    ...sftpFields,
    password: z
      .string()
      .min(1)
      .max(1000)
      .optional()
      .meta({ format: 'password', description: 'Is never returned, and stays until it is replaced.' }),
    privateKey: z
      .string()
      .max(20_000)
      .check(
        matches(
          /^-----BEGIN [A-Z ]*PRIVATE KEY-----\r?\n/,
          'must be a private key in PEM or OpenSSH format, without a passphrase',
        ),
      )
      .optional()
      .meta({ description: 'Is never returned, and stays until it is replaced.' }),
  })
  .meta({ id: 'SftpInput' })

/** Leads that are sent together, as files at the times of a schedule. */
export type FileEndpoint = EmailFileEndpoint | SftpEndpoint

export function isFileEndpoint(endpoint: { kind: string }): endpoint is FileEndpoint {
  return endpoint.kind === 'email-file' || endpoint.kind === 'sftp'
}
