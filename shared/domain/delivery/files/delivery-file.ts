import * as z from 'zod'
import { emailRecipient } from '../email-endpoint.ts'

/**
 * Several leads of one campaign that are sent as one file. `open`: leads join it until it is due. `closed`: it is being
 * sent. `staged`: what it contains is written down, and it may have been sent. `sent`: the school has it; the receipts of
 * its leads are being written. `done`: no lead waits in it.
 */
export const deliveryFileState = z.enum(['open', 'closed', 'staged', 'sent', 'done'])

/** What a mail server said when it took a file. */
export const fileMailReceipt = z.object({
  messageId: z.string(),
  recipients: z.array(emailRecipient).optional(),
  lostRecipients: z.int().optional(),
})
export type FileMailReceipt = z.output<typeof fileMailReceipt>

/** What a file contains, by deliveries in the order of its rows. */
export const fileContent = z.object({
  sha256: z.string(),
  bytes: z.int(),
  deliveryIds: z.array(z.string()),
  /** The place to which it is written by SFTP: what is known of one server says nothing of another. */
  target: z.string().optional(),
})
export type FileContent = z.output<typeof fileContent>

/** Which row of which file a delivery was. */
export const fileReceipt = z
  .strictObject({
    fileId: z.string(),
    name: z.string(),
    row: z.int().min(1).meta({ description: 'Its row below the header.' }),
    sha256: z.string().meta({ description: 'Digest of the file, in hexadecimal.' }),
  })
  .meta({ id: 'FileReceipt' })
export type FileReceipt = z.output<typeof fileReceipt>

/** More rows are a second file, of the next run. */
export const maxFileRows = 2000

/** Returns the ID of the file of a run. The same run has the same ID, so that a repeated run never makes a second file. */
export function buildFileId({ campaignId, runAt, test }: { campaignId: string; runAt: string; test: boolean }): string {
  const stamp = runAt.replace(/\.\d+Z$/, 'Z').replaceAll(/[-:]/g, '')
  return `${campaignId}.${stamp}${test ? '.test' : ''}`
}

export function buildFileName(fileId: string): string {
  return `${fileId}.csv`
}

/** Returns the name under which a file is written before it is complete. No reader of a folder takes it for a file of leads. */
export function buildTemporaryName(fileId: string): string {
  return `.${fileId}.csv.part`
}
