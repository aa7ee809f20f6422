import { SESv2Client } from '@aws-sdk/client-sesv2'
import { createSesMail, type SendMail } from '../../outbound/email/mail.ts'

type MailEnvironment = { MAIL_FROM: string; MAIL_CONFIGURATION_SET: string }

/** Sends through Amazon SES as the environment of a Lambda says. */
export function createMailOnAws(
  { MAIL_FROM: from, MAIL_CONFIGURATION_SET: configurationSet }: MailEnvironment,
  { deadlineMs }: { deadlineMs: number },
): SendMail {
  return createSesMail({ client: new SESv2Client(), from, configurationSet, deadlineMs })
}
