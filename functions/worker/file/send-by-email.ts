import type { AttemptResult } from '#shared/domain/delivery/classify-attempt.ts'
import { listRecipients } from '#shared/domain/delivery/email-endpoint.ts'
import { buildFileName, type FileContent } from '#shared/domain/delivery/files/delivery-file.ts'
import type { EmailFileEndpoint } from '#shared/domain/delivery/files/file-endpoint.ts'
import { buildFileEmail } from '#shared/outbound/email/build-file-email.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { LeasedFile } from '#shared/store/delivery/file-store.ts'
import { toMailAttempt } from '#shared/workflows/delivery/to-mail-attempt.ts'
import { requireLease } from './require-lease.ts'

export type SendByEmailDependencies = Pick<Dependencies, 'files' | 'mail'>
export type PreparedFile = { lease: LeasedFile; content: FileContent; csv: string; schoolName: string; isTest: boolean }

/** Sends a file attached to an email. One that may have arrived is sent again under the same name, with the rows that are left. */
export async function sendByEmail(
  { lease, content, csv, schoolName, isTest }: PreparedFile,
  { to }: EmailFileEndpoint,
  { files, mail }: SendByEmailDependencies,
): Promise<AttemptResult> {
  const { fileId } = lease
  await requireLease(files.stage(lease, content))
  const file = { name: buildFileName(fileId), csv, rows: content.deliveryIds.length }
  const message = await buildFileEmail({ to, fileId, schoolName, file, isTest })
  let result: AttemptResult
  try {
    result = toMailAttempt('email-file', listRecipients({ to }), await mail(message))
  } catch (error) {
    // Only the name is stored, because the message of an error may quote addresses.
    const reason = error instanceof Error ? error.name : 'unknown'
    return { kind: 'email-file', stage: 'send', reason, isOurFault: true }
  }
  const { stage, messageId, recipients, lostRecipients } = result
  if (stage === 'sent' && messageId !== undefined)
    await requireLease(
      files.markSent(lease, {
        messageId,
        ...(recipients && { recipients }),
        ...(lostRecipients !== undefined && { lostRecipients }),
      }),
    )
  return result
}
